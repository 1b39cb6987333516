import "server-only";
import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import { setTimeout as wait } from "node:timers/promises";
import {
  isConnectionFailure,
  isSilence,
  isTransient,
  isUnavailable,
  sqlStateOf,
  violates,
} from "@/db/errors";
import type { Database } from "@/db/client";
import { ok, fail, type Result } from "@/lib/failure";
import type { Attached, Attachment } from "./attachment-rules";
import { BatchQueues } from "./batch-queues";
import {
  accountsOf,
  apply,
  type Dated,
  type PostingOutcome,
  type Posted,
  type PostingRequest,
  idempotencyKeysOf,
} from "./posting-rules";
import type { AccountChange, AccountState } from "./rules";
import { StateCache } from "./state-cache";
import { readRecorded, readStates } from "./store";
import { closeCrossings, writeChanges } from "./write-store";

export type Posting = PostingRequest & Dated & { readonly attach?: Attachment };

type Waiting = {
  readonly posting: Posting;
  readonly askedAt: number;
  readonly answer: (result: Result<Posted>) => void;
  readonly refuse: (error: unknown) => void;
};

const MAX_IN_A_BATCH = 256;
const MAX_STATES_KEPT = 50_000;
/** Between attempts to reach the server, which may be restarting. */
const WAITS_FOR_THE_SERVER_MS = [50, 150, 400, 800, 1600, 1200];
/** Whoever has waited for so long is not tried again by itself. */
const WAITS_AT_MOST_MS = 4_000;
const MAX_ATTEMPTS_AFTER_A_CLASH = 20;
const NOTHING_RECORDED = new Map<string, never>();

/** Posts through one pool: gathers what comes at the same time, and remembers the states of the accounts. */
export class Batcher {
  readonly #db: Database;
  readonly #queues = new BatchQueues<Waiting>((items) => this.#postBatch(items), MAX_IN_A_BATCH);
  readonly #states = new StateCache(MAX_STATES_KEPT);

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * One queue for each customer, so that no transaction holds two. A second one for the accounts of a large customer was
   * measured: its batches are half as large, and a third fewer postings a second are done.
   */
  post(posting: Posting): Promise<Result<Posted>> {
    const { customerId } = posting.kind === "transfer" ? posting.from : posting.account;
    return new Promise((answer, refuse) => {
      this.#queues.add(customerId, { posting, askedAt: performance.now(), answer, refuse });
    });
  }

  /** Learns what a transaction of this pool did to an account. */
  learn(state: AccountState): void {
    this.#states.put(state);
  }

  async #postBatch(items: readonly Waiting[]): Promise<void> {
    const rest = items.every(mayBeQuick) ? await this.#postQuickly(items) : items;
    if (rest.length > 0) await this.#postCarefully(rest);
  }

  /**
   * One statement, one round trip: decides on the states as last known, and writes only where the version is still
   * the one that was known. Answers what must be decided on fresh states: refusals, and whatever was not written.
   */
  async #postQuickly(items: readonly Waiting[]): Promise<readonly Waiting[]> {
    const states = new Map<string, AccountState>();
    for (const { posting } of items) {
      for (const key of accountsOf(posting)) {
        const state = states.has(key.serviceName) ? undefined : this.#states.get(key);
        if (state !== undefined) states.set(key.serviceName, state);
      }
    }
    const postings = items.map((item) => item.posting);
    const { outcomes, changes } = apply(states, postings, NOTHING_RECORDED);
    if (changes.length === 0) return items;
    let written: Set<string>;
    try {
      written = await writeChanges(this.#db, changes, attachedTo(postings, outcomes));
    } catch (error) {
      for (const change of changes) this.#states.forget(change.before.account);
      if (isHopeless(error)) {
        await this.#postByAccount(items, error);
        return [];
      }
      // An idempotency key that is taken, a lost connection …: the other path finds out, and treats each on its own.
      return items;
    }
    for (const { before, after } of changes) {
      if (written.has(before.account.serviceName)) this.#states.put(after);
      else this.#states.forget(before.account);
    }
    return items.filter((item, index) => {
      const outcome = outcomes[index];
      const isWritten =
        outcome?.kind === "posted" &&
        outcome.posted.entries.every((entry) => written.has(entry.account.serviceName));
      if (isWritten) item.answer(ok(outcome.posted));
      return !isWritten;
    });
  }

  /** One transaction on locked, fresh states. Tried again after a clash; after another error each posting is on its own. */
  async #postCarefully(items: readonly Waiting[]): Promise<void> {
    let clashes = 0;
    let outages = 0;
    for (;;) {
      try {
        const { outcomes, changes } = await this.#db.transaction((tx) =>
          decideAndWrite(
            tx,
            items.map((item) => item.posting),
          ),
        );
        for (const change of changes) this.#states.put(change.after);
        items.forEach((item, index) => {
          item.answer(resultOf(outcomes[index]));
        });
        return;
      } catch (error) {
        if (isHopeless(error)) {
          await this.#postByAccount(items, error);
          return;
        }
        const pause = isConnectionFailure(error) ? WAITS_FOR_THE_SERVER_MS[outages++] : undefined;
        if (pause !== undefined) {
          // Whether the commit took place is not known. If it did, the idempotency keys answer as they did then.
          await wait(pause);
        } else if (isClash(error) && clashes++ < MAX_ATTEMPTS_AFTER_A_CLASH) {
          await wait(Math.random() * clashes * 2);
        } else if (items.length > 1 && !isConnectionFailure(error)) {
          for (const item of items) await this.#postCarefully([item]);
          return;
        } else {
          for (const item of items) item.refuse(error);
          return;
        }
      }
    }
  }

  /**
   * After a wait in vain: what is of one account only is refused, since it would wait in vain again; of several, each
   * account is tried by itself, as long as those who ask have not waited too long.
   */
  async #postByAccount(items: readonly Waiting[], error: unknown): Promise<void> {
    const groups = new Map<string, Waiting[]>();
    for (const item of items) {
      const name = accountsOf(item.posting)
        .map(({ serviceName }) => serviceName)
        .toSorted()
        .join(" ");
      groups.set(name, [...(groups.get(name) ?? []), item]);
    }
    const isSeveral = groups.size > 1 && sqlStateOf(error) === LOCK_NOT_AVAILABLE;
    for (const group of groups.values()) {
      const patient = group.filter(({ askedAt }) => performance.now() - askedAt < WAITS_AT_MOST_MS);
      if (isSeveral && patient.length > 0) await this.#postCarefully(patient);
      for (const item of group) if (!isSeveral || !patient.includes(item)) item.refuse(error);
    }
  }
}

const batchers = new WeakMap<Database, Batcher>();

/** The one batcher of a pool. */
export function batcherOf(pool: Database): Batcher {
  const known = batchers.get(pool);
  if (known !== undefined) return known;
  const batcher = new Batcher(pool);
  batchers.set(pool, batcher);
  return batcher;
}

/** By the name that Drizzle gives the class, since bundles may each have their own copy of it. */
export const isTransaction = (db: Database): boolean => is(db, PgTransaction);

/** Posts in the caller's transaction: what it decides stands when the caller commits. */
export async function postInTransaction(tx: Database, posting: Posting): Promise<Result<Posted>> {
  const { outcomes } = await decideAndWrite(tx, [posting]);
  return resultOf(outcomes[0]);
}

/** Transfers and closed crossings need more than the one statement. */
function mayBeQuick({ posting }: Waiting): boolean {
  return posting.kind !== "transfer" && posting.closesCrossing === undefined;
}

const LOCK_NOT_AVAILABLE = "55P03";

/** Would a second try at once only wait again? */
const isHopeless = (error: unknown): boolean =>
  isSilence(error) || (isUnavailable(error) && !isConnectionFailure(error) && !isTransient(error));

function isClash(error: unknown): boolean {
  return isTransient(error) || violates(error, "entry_idempotency_key_once");
}

async function decideAndWrite(
  tx: Database,
  postings: readonly Posting[],
): Promise<{ readonly outcomes: readonly PostingOutcome[]; readonly changes: readonly AccountChange[] }> {
  const keys = postings.flatMap((posting) => accountsOf(posting));
  const customerId = keys[0]?.customerId ?? "";
  const names = [...new Set(keys.map((key) => key.serviceName))];
  // Sent together. The second is run when the first has its locks, and so sees what others had to commit before.
  const [states, recorded] = await Promise.all([
    readStates(tx, customerId, names, "lock"),
    readRecorded(
      tx,
      customerId,
      postings.flatMap((posting) => idempotencyKeysOf(posting)),
    ),
  ]);
  const { outcomes, changes } = apply(states, postings, recorded);
  if (changes.length === 0) return { outcomes, changes };
  const attached = attachedTo(postings, outcomes);
  const work = await Promise.allSettled([closeCrossings(tx, changes), writeLocked(tx, changes, attached)]);
  for (const piece of work) if (piece.status === "rejected") throw piece.reason;
  return { outcomes, changes };
}

async function writeLocked(
  tx: Database,
  changes: readonly AccountChange[],
  attached: readonly Attached[],
): Promise<void> {
  const written = await writeChanges(tx, changes, attached);
  if (written.size !== changes.length) throw new Error("a locked ledger account changed under its lock");
}

/** The attachments of the postings that are accepted, each with the account that is debited or credited first. */
function attachedTo(postings: readonly Posting[], outcomes: readonly PostingOutcome[]): Attached[] {
  return postings.flatMap((posting, index) => {
    const [account] = accountsOf(posting);
    const { attach: attachment } = posting;
    const isAccepted =
      outcomes[index]?.kind === "posted" && account !== undefined && attachment !== undefined;
    return isAccepted ? [{ serviceName: account.serviceName, attachment }] : [];
  });
}

function resultOf(outcome: PostingOutcome | undefined): Result<Posted> {
  if (outcome === undefined) throw new Error("a posting without an outcome");
  return outcome.kind === "refused" ? fail(outcome.failure) : ok(outcome.posted);
}
