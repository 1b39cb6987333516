import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { staffOf } from "./rules";
import {
  asksForEmail,
  bestPhrases,
  KIND_OF_RANK,
  LONGEST_SEARCH,
  type MatchedField,
  orderNumberIn,
  paymentReferenceIn,
  type Phrase,
  type SearchHit,
  SEARCH_RANKS,
} from "./search-rules";
import {
  normalise,
  readNames,
  readOrderByNumber,
  readPaymentsByReference,
  readPhrases,
  readPhrasesWithWords,
} from "./search-store";

const MAX_HITS = 50;

/**
 * Everything that one text can mean: identifier or name of a customer, service name or name of an account, name or e-mail
 * of a person, number of an order, reference of a payment. Each as far as it is typed. The right one first.
 */
export async function searchEverything(
  context: Context,
  given: { readonly text: string; readonly limit?: number },
): Promise<Result<SearchHit[]>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  const text = given.text.slice(0, LONGEST_SEARCH);
  const limit = Math.min(Math.max(given.limit ?? 12, 1), MAX_HITS);
  const [orders, phrases] = await Promise.all([
    ordersFor(context, text, limit),
    phrasesFor(context, text, limit),
  ]);
  const names = phrases.length === 0 ? new Map<string, never>() : await readNames(context.db, phrases);
  const hits = phrases.flatMap((phrase): SearchHit[] => {
    const field = SEARCH_RANKS[phrase.rank];
    const named = names.get(`${phrase.customerId} ${phrase.subject}`);
    if (field === undefined || named === undefined) return [];
    const kind = KIND_OF_RANK[field];
    const { customer_name: customerName, account_name, user_name, email } = named;
    const label = kind === "account" ? account_name : kind === "user" ? user_name : customerName;
    return [
      {
        kind,
        customerId: phrase.customerId,
        customerName,
        serviceName: kind === "account" ? phrase.subject : null,
        orderId: null,
        label: label ?? phrase.subject,
        matched: field,
        detail: kind === "user" ? email : null,
      },
    ];
  });
  return ok([...orders, ...hits].slice(0, limit));
}

/**
 * The SMS account of a service name, for the addresses of staff's pages, which name no customer. Fails with `not_found`
 * where there is none, and where two customers have one of that name and `customerId` does not tell which.
 */
export async function findAccount(
  context: Context,
  serviceName: string,
  customerId?: string,
): Promise<Result<AccountKey>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  const asked = await normalise(context.db, serviceName.slice(0, LONGEST_SEARCH));
  const phrases = asked === "" ? [] : await readPhrases(context.db, asked, MAX_HITS);
  const found = phrases.filter(
    (one) =>
      SEARCH_RANKS[one.rank] === "service_name" &&
      one.phrase === asked &&
      one.subject === serviceName &&
      (customerId === undefined || one.customerId === customerId),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) return fail({ code: "not_found" });
  return ok({ customerId: only.customerId, serviceName });
}

async function phrasesFor({ db }: Context, text: string, limit: number): Promise<Phrase[]> {
  const asked = await normalise(db, text);
  if (asked === "") return [];
  const emailFirst = asksForEmail(text);
  const found = bestPhrases(await readPhrases(db, asked, limit), asked, limit, emailFirst);
  const words = asked.split(" ");
  if (found.length >= limit || words.length === 1) return found;
  const scattered = await readPhrasesWithWords(db, words.slice(0, 6), limit);
  return bestPhrases([...found, ...scattered], asked, limit, emailFirst);
}

/** A number or a reference is typed whole, or nearly, and then nothing else is meant. */
async function ordersFor({ db }: Context, text: string, limit: number): Promise<SearchHit[]> {
  const number = orderNumberIn(text);
  const reference = paymentReferenceIn(text);
  const [byNumber, byReference] = await Promise.all([
    number === null ? [] : readOrderByNumber(db, number),
    reference === null ? [] : readPaymentsByReference(db, reference, limit),
  ]);
  const hitOf =
    (kind: "order" | "payment", matched: MatchedField) =>
    (row: (typeof byNumber)[number]): SearchHit => ({
      kind,
      customerId: row.customer_id,
      customerName: row.customer_name,
      serviceName: row.service_name,
      orderId: row.order_id.toString(),
      label: row.order_id.toString(),
      matched,
      detail: row.gateway_reference,
    });
  return [
    ...byNumber.map(hitOf("order", "order_id")),
    ...byReference.map(hitOf("payment", "payment_reference")),
  ];
}
