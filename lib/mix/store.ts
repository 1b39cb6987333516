import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import { creditsOf } from "@/lib/credits";
import { type Micros, microsOf } from "@/lib/money";
import type { PackCount, Sent } from "./rules";

/** What an account sent since an instant, by country; the most messages first. */
export async function readSentByCountry(
  db: Database,
  { customerId, serviceName }: AccountKey,
  since: Date,
): Promise<Sent[]> {
  const rows = await db.execute<{ country: string; messages: string; parts: string; credits: string }>(sql`
    select r.country, count(*)::text as messages, sum(m.parts_each)::text as parts,
      sum(r.credit_thousandths)::text as credits
    from messages m join message_recipients r using (customer_id, message_id)
    where m.customer_id = ${customerId} and m.service_name = ${serviceName}
      and m.sent_at >= ${since.toISOString()}::timestamptz
    group by r.country
    order by count(*) desc, r.country`);
  return rows.map(({ country, messages, parts, credits }) => ({
    country,
    messages: BigInt(messages),
    parts: BigInt(parts),
    credits: creditsOf(BigInt(credits)),
  }));
}

/** The packs that an account was credited since an instant, by hand or by its rule; the largest first. */
export async function readBought(
  db: Database,
  { customerId, serviceName }: AccountKey,
  since: Date,
): Promise<(PackCount & { readonly netMicros: Micros })[]> {
  const rows = await db.execute<{ quantity: number; count: string; net_micros: string }>(sql`
    select quantity, count(*)::text as count, sum(net_micros)::text as net_micros
    from orders
    where customer_id = ${customerId} and service_name = ${serviceName}
      and state = 'credited' and created_at >= ${since.toISOString()}::timestamptz
    group by quantity
    order by quantity desc`);
  return rows.map(({ quantity, count, net_micros }) => ({
    quantity,
    count: Number(count),
    netMicros: microsOf(BigInt(net_micros)),
  }));
}
