import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Phrase } from "./search-rules";

type PhraseRow = {
  readonly rank: number;
  readonly phrase: string;
  readonly customer_id: string;
  readonly subject: string;
};

const phraseOf = (row: PhraseRow): Phrase => ({
  rank: row.rank,
  phrase: row.phrase,
  customerId: row.customer_id,
  subject: row.subject,
});

/** The text as phrases are written. */
export async function normalise(db: Database, text: string): Promise<string> {
  const [row] = await db.execute<{ normal: string }>(sql`select search_normal(${text}) as normal`);
  return row?.normal ?? "";
}

// One behind every text that begins so, in the order of bytes.
const endOf = (prefix: string): string => `${prefix}\u{10ffff}`;

/**
 * The first phrases of each rank that begin with `prefix`. Each rank is one short walk along the primary key, so that
 * it costs the same in ten thousand accounts and in a million.
 */
export async function readPhrases(db: Database, prefix: string, limitOfRank: number): Promise<Phrase[]> {
  const rows = await db.execute<PhraseRow>(sql`
    select p.* from generate_series(0, 5) as r (rank)
    cross join lateral (
      select rank, phrase, customer_id, subject from search_phrases
      where rank = r.rank and phrase >= ${prefix} and phrase < ${endOf(prefix)}
      order by phrase, customer_id, subject limit ${limitOfRank}
    ) as p`);
  return rows.map(phraseOf);
}

/** Of how many phrases with the longest word the others are looked for. */
const MAX_SCANNED = 1500;

/** Phrases with all of the words, in whatever order, each as the beginning of a word. */
export async function readPhrasesWithWords(
  db: Database,
  words: readonly string[],
  limitOfRank: number,
): Promise<Phrase[]> {
  const [longest = "", ...others] = [...words].sort((a, b) => b.length - a.length);
  const holds = others.map((word) => sql`and position(${` ${word}`} in ' ' || phrase) > 0`);
  const rows = await db.execute<PhraseRow>(sql`
    select p.* from generate_series(0, 5) as r (rank)
    cross join lateral (
      select * from (
        select rank, phrase, customer_id, subject from search_phrases
        where rank = r.rank and phrase >= ${longest} and phrase < ${endOf(longest)}
        order by phrase, customer_id, subject limit ${MAX_SCANNED}
      ) as scanned
      where true ${sql.join(holds, sql` `)} limit ${limitOfRank}
    ) as p`);
  return rows.map(phraseOf);
}

/** What is shown of each thing found; in one statement, since each look-up is by its key. */
export async function readNames(
  db: Database,
  phrases: readonly { readonly customerId: string; readonly subject: string }[],
) {
  const rows = await db.execute<{
    customer_id: string;
    subject: string;
    customer_name: string;
    account_name: string | null;
    user_name: string | null;
    email: string | null;
  }>(sql`
    select w.customer_id, w.subject, c.name as customer_name, a.name as account_name, u.name as user_name, u.email
    from json_to_recordset(${JSON.stringify(
      phrases.map(({ customerId, subject }) => ({ customer_id: customerId, subject })),
    )}::json) as w (customer_id text, subject text)
    join customers c on c.customer_id = w.customer_id
    left join sms_accounts a on a.customer_id = w.customer_id and a.service_name = w.subject
    left join users u on u.id = w.subject`);
  return new Map(rows.map((row) => [`${row.customer_id} ${row.subject}`, row]));
}

type OrderRow = {
  readonly customer_id: string;
  readonly order_id: bigint;
  readonly service_name: string;
  readonly customer_name: string;
  readonly gateway_reference: string | null;
};

export async function readOrderByNumber(db: Database, orderId: bigint): Promise<OrderRow[]> {
  return db.execute<OrderRow>(sql`
    select o.customer_id, o.order_id, o.service_name, c.name as customer_name, null as gateway_reference
    from orders o join customers c using (customer_id) where o.order_id = ${orderId.toString()}::bigint limit 5`);
}

export async function readPaymentsByReference(
  db: Database,
  reference: string,
  limit: number,
): Promise<OrderRow[]> {
  return db.execute<OrderRow>(sql`
    select p.customer_id, p.order_id, o.service_name, c.name as customer_name, p.gateway_reference
    from (
      select customer_id, order_id, gateway_reference from payment_attempts
      where gateway_reference is not null
        and gateway_reference ~>=~ ${reference} and gateway_reference ~<~ ${endOf(reference)}
      order by gateway_reference using ~<~ limit ${limit}
    ) as p join orders o using (customer_id, order_id) join customers c using (customer_id)`);
}
