import { randomUUID } from "node:crypto";

/**
 * The right to write the next step of a row, for a while. `lease` tells this taking from any other and is named by each
 * write of its owner: one that comes back after its lease has ended, and was taken by another, writes nothing.
 */
export type Lease = { readonly lease: string; readonly until: Date };

export const newLease = (now: Date, leaseMs: number): Lease => ({
  lease: randomUUID(),
  until: leaseEnd(now, leaseMs),
});

/** Until when a lease holds that is taken, or prolonged, now. */
export const leaseEnd = (now: Date, leaseMs: number): Date => new Date(now.getTime() + leaseMs);
