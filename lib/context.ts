import type { Caller } from "./caller";
import type { Database } from "@/db/client";

/** What every verb receives first. `db` is the pool or an open transaction, so that a verb inside another's joins it. */
export type Context = {
  readonly caller: Caller;
  readonly db: Database;
  /** The clock. The demo data is made with one that stands in the past; everything else passes the real one. */
  readonly now: () => Date;
};
