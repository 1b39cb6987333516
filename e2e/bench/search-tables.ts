import type { Sql } from "../../db/client";

const FIRST =
  "Mario Luisa Anaïs Gioacchino Chiara Étienne Paolo Giulia Jean Łucja Marco Sofia Luca Elena Andrea Anna".split(
    " ",
  );
const LAST =
  "Rossi Bianchi Rossini Dupont Ferrari Esposito Romano Colombo Ricci Marino Greco Bruno Gallo Conti".split(
    " ",
  );
const TRADE =
  "Trattoria Farmacia Libreria Officina Studio Clinica Palestra Panetteria Autoscuola Cartoleria".split(" ");
const USE = "Promemoria Ordini Prenotazioni Consegne Avvisi Offerte Turni Allarmi Conferme Scadenze".split(
  " ",
);
const TOWN =
  "Milano Torino Napoli Lione Parigi Verona Bari Nizza Genova Palermo Lilla Padova Tolosa Trieste".split(" ");

/** Accounts of one customer. */
export const ACCOUNTS_EACH = 4;
/** Accounts inserted by one statement. */
const SLICE = 40_000;

const pick = (words: readonly string[], number: string): string =>
  `(array[${words.map((word) => `'${word}'`).join(",")}])[1 + (${number}) % ${words.length.toString()}]`;

const handle = (number: string): string =>
  `chr(97 + (${number} % 26)::int) || chr(97 + (${number} / 26 % 26)::int) || (10000 + ${number})`;

/**
 * Fills a migrated database with customers, a person each, `accounts` SMS accounts, and an order with its payment for
 * every fifth customer. Set-based; names repeat as names do. What is searched for the product's own triggers write.
 */
export async function fillDirectory(sql: Sql, accounts: number): Promise<void> {
  await sql.unsafe(`
    insert into price_lists (price_list, currency, vat_basis_points, vat_source) values ('it', 'EUR', 2200, 'bench')
    on conflict do nothing`);
  const customers = accounts / ACCOUNTS_EACH;
  const step = SLICE / ACCOUNTS_EACH;
  for (let from = 0; from < customers; from += step) {
    const series = `generate_series(${from.toString()}, ${(Math.min(from + step, customers) - 1).toString()}) as i`;
    await sql.unsafe(`
      insert into customers (customer_id, name, price_list, time_zone)
      select ${handle("i")} || '-ovh',
        case when i % 3 = 0 then ${pick(TRADE, "i / 3")} || ' ' || ${pick(TOWN, "i / 7")} || ' ' || ${pick(LAST, "i / 11")}
          else ${pick(FIRST, "i / 5")} || ' ' || ${pick(LAST, "i / 13")} end,
        'it', 'Europe/Rome'
      from ${series};
      insert into users (id, name, email, role, customer_id)
      select 'user-' || i, ${pick(FIRST, "i / 5")} || ' ' || ${pick(LAST, "i / 13")},
        lower(${pick(LAST, "i / 13")}) || '.' || i || '@posta' || i % 50 || '.example', 'customer', ${handle("i")} || '-ovh'
      from ${series};
      insert into sms_accounts (customer_id, service_name, name)
      select ${handle("i")} || '-ovh', 'sms-' || ${handle("i")} || '-' || k, ${pick(USE, "i + k")} || ' ' || ${pick(TOWN, "i / 3 + k")}
      from ${series}, generate_series(1, ${ACCOUNTS_EACH.toString()}) as k;
      insert into orders (customer_id, service_name, kind, quantity, price_list, currency, unit_price_micros,
        unit_price_source, net_micros, net_cents, vat_basis_points, vat_cents, total_cents, state, idempotency_key,
        request_hash, created_at, due_at)
      select ${handle("i")} || '-ovh', 'sms-' || ${handle("i")} || '-1', 'purchase', 100, 'it', 'EUR', 42000, 'bench',
        4200000, 420, 2200, 92, 512, 'open', 'bench-' || i, 'bench', now(), now()
      from ${series} where i % 5 = 0;
      insert into payment_attempts (customer_id, order_id, attempt, idempotency_key, amount_cents, method_token,
        started_at, outcome, gateway_reference)
      select customer_id, order_id, 1, idempotency_key, 512, 'bench', now(), 'paid',
        'pay_' || substr(md5(order_id::text), 1, 16)
      from orders where idempotency_key in (select 'bench-' || i from ${series} where i % 5 = 0)
        and order_id > coalesce((select max(order_id) from payment_attempts), 0)`);
  }
  await sql.unsafe("vacuum analyze");
}

/** What somebody types, letter by letter or at once, with a name for each kind. The same at every call. */
export function queriesFor(
  accounts: number,
  count: number,
): { readonly kind: string; readonly text: string }[] {
  const customers = accounts / ACCOUNTS_EACH;
  const random = mulberry32(7);
  const below = (most: number) => Math.floor(random() * most);
  const any = (words: readonly string[]) => words[below(words.length)] ?? "";
  const someHandle = () => {
    const i = below(customers);
    const letter = (n: number) => String.fromCharCode(97 + (n % 26));
    return `${letter(i)}${letter(Math.floor(i / 26))}${(10_000 + i).toString()}`;
  };
  const typed = (text: string) => text.slice(0, 1 + below(text.length));
  const kinds: Record<string, () => string> = {
    identifier: () => `${someHandle()}-ovh`,
    "identifier, being typed": () => typed(someHandle()),
    "service name": () => `sms-${someHandle()}-${(1 + below(ACCOUNTS_EACH)).toString()}`,
    "service name, being typed": () => typed(`sms-${someHandle()}-1`),
    surname: () => any(LAST),
    "name, being typed": () => typed(`${any(FIRST)} ${any(LAST)}`),
    "name turned round": () => `${any(LAST)} ${any(FIRST)}`,
    "words in any order": () => `${any(TOWN)} ${any(TRADE).slice(0, 4)}`,
    "three words, scattered": () =>
      `${any(LAST).slice(0, 3)} ${any(TRADE).slice(0, 3)} ${any(TOWN).slice(0, 3)}`,
    "e-mail": () => {
      const i = below(customers);
      return `${(LAST[Math.floor(i / 13) % LAST.length] ?? "").toLowerCase()}.${i.toString()}@posta${(i % 50).toString()}.example`;
    },
    "e-mail, being typed": () => typed(`${any(LAST).toLowerCase()}.${below(customers).toString()}@posta`),
    "account name": () => `${any(USE)} ${any(TOWN)}`,
    "order number": () => `#${(100_001 + below(Math.max(1, customers / 5))).toString()}`,
    "payment reference, being typed": () => `pay_${random().toString(16).slice(2, 4)}`,
    nothing: () => `zq${below(1e6).toString()} xw`,
  };
  const entries = Object.entries(kinds);
  return Array.from({ length: count }, (_, index) => {
    const [kind, text] = entries[index % entries.length] ?? ["", () => ""];
    return { kind, text: text() };
  });
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
