import "server-only";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { insertStaffAccesses } from "./access-log-store";
import { LONGEST_TICKET, type AccessSubject, readTicket, staffOf } from "./rules";

export type StaffAccess = {
  readonly customerId: string;
  /** Left out: the customer as a whole. */
  readonly serviceName?: string;
  readonly what: AccessSubject;
  /** The network address that the request comes from, as the route adapter vouches for it. */
  readonly from: string;
  readonly ticket?: string;
};

/**
 * Records that a member of staff is about to see a customer's data. A page or route calls it, and awaits it, before it reads
 * anything: who cannot be recorded does not look. Fails with `not_found` for everybody else, and for a customer who does
 * not exist.
 */
export async function recordAccess(context: Context, given: StaffAccess): Promise<Result<null>> {
  const staff = staffOf(context.caller);
  if (staff === null) return fail({ code: "not_found" });
  const ticket = readTicket(given.ticket);
  if (ticket === undefined) {
    const problem = { problem: "ticket_too_long", values: { most: LONGEST_TICKET } };
    return fail({ code: "invalid_input", fields: { ticket: problem } });
  }
  const recorded = await insertStaffAccesses(context.db, {
    customerIds: [given.customerId],
    serviceName: given.serviceName ?? null,
    staffUserId: staff.userId,
    staffRight: staff.right,
    what: given.what,
    address: given.from,
    ticket,
  });
  return recorded === 1 ? ok(null) : fail({ code: "not_found" });
}

/**
 * Records an access to each of the customers that a list or a file names. Whom it names is known when it is read, so this
 * comes between the reading and the showing. Fails with `not_found` for who is no staff.
 */
export async function recordAccessToListed(
  context: Context,
  given: { readonly customerIds: Iterable<string>; readonly what: AccessSubject; readonly from: string },
): Promise<Result<null>> {
  const staff = staffOf(context.caller);
  if (staff === null) return fail({ code: "not_found" });
  const customerIds = [...new Set(given.customerIds)];
  if (customerIds.length === 0) return ok(null);
  await insertStaffAccesses(context.db, {
    customerIds,
    serviceName: null,
    ticket: null,
    staffUserId: staff.userId,
    staffRight: staff.right,
    what: given.what,
    address: given.from,
  });
  return ok(null);
}
