import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditsOf, NO_CREDITS } from "@/lib/credits";
import {
  type AccountState,
  changeOf,
  closeOpenCrossing,
  draftOf,
  evaluateThreshold,
  isDue,
  move,
  type NewEntry,
  sequenceOf,
} from "./rules";

const BEGAN = new Date("2026-11-01T10:00:00Z");
const later = (seconds: number) => new Date(BEGAN.getTime() + seconds * 1000);

const state = (over: Partial<AccountState> = {}): AccountState => ({
  account: { customerId: "c", serviceName: "s" },
  balance: creditsOf(100n),
  sequence: sequenceOf(7n),
  threshold: creditsOf(20n),
  crossings: 3,
  hasOpenCrossing: false,
  version: 41n,
  lastPostedAt: BEGAN,
  ...over,
});

const posting = (amount: bigint): NewEntry => ({
  kind: "message",
  amount: creditsOf(amount),
  idempotencyKey: "key",
  requestHash: "hash",
  peerServiceName: "peer",
  reason: "reason",
});

test.each([
  [19n, 20n, true],
  [20n, 20n, true],
  [21n, 20n, false],
  [-1n, 0n, true],
  [0n, 0n, true],
  [0n, null, false],
  [-1n, null, false],
])("at %s with a threshold of %s a recharge is due: %s", (balance, threshold, due) => {
  expect(isDue(creditsOf(balance), threshold === null ? null : creditsOf(threshold))).toBe(due);
});

describe("a draft of an account", () => {
  test("in which nothing happened changes nothing but the version", () => {
    const before = state({ hasOpenCrossing: true });
    expect(changeOf(draftOf(before))).toEqual({
      before,
      after: { ...before, version: 42n },
      entries: [],
      opened: [],
      closed: null,
    });
  });

  test("takes an entry with the balance before and after, under the next number", () => {
    const draft = draftOf(state());
    const { entry, crossing } = move(draft, posting(-79n), later(1));
    expect(entry).toEqual({
      ...posting(-79n),
      account: { customerId: "c", serviceName: "s" },
      sequence: 8n,
      balanceBefore: 100n,
      balanceAfter: 21n,
      postedAt: later(1),
    });
    expect(crossing).toBeNull();
    expect(changeOf(draft)).toEqual({
      before: state(),
      after: state({
        balance: creditsOf(21n),
        sequence: sequenceOf(8n),
        version: 42n,
        lastPostedAt: later(1),
      }),
      entries: [entry],
      opened: [],
      closed: null,
    });
  });

  test("opens a crossing at the threshold, with the numbers of the moment", () => {
    const draft = draftOf(state());
    expect(move(draft, posting(-80n), later(1)).crossing).toBe(4);
    expect(changeOf(draft)).toMatchObject({
      after: { crossings: 4, hasOpenCrossing: true },
      opened: [{ crossing: 4, sequence: 8n, balance: 20n, threshold: 20n, openedAt: later(1) }],
    });
  });

  test("opens none while one is open, and none where nobody watches", () => {
    expect(move(draftOf(state({ hasOpenCrossing: true })), posting(-90n), later(1)).crossing).toBeNull();
    expect(move(draftOf(state({ threshold: null })), posting(-100n), later(1)).crossing).toBeNull();
    expect(evaluateThreshold(draftOf(state({ threshold: null, balance: NO_CREDITS })), later(1))).toBeNull();
  });

  test("dates no entry earlier than the one before it", () => {
    const draft = draftOf(state());
    expect(move(draft, posting(-1n), later(-5)).entry.postedAt).toEqual(BEGAN);
    expect(move(draft, posting(-99n), later(5)).entry.postedAt).toEqual(later(5));
    expect(move(draft, posting(1n), later(4)).entry.postedAt).toEqual(later(5));
    expect(draft.opened.map(({ openedAt }) => openedAt)).toEqual([later(5)]);
  });

  test("closes the open crossing, and says so when it was open before", () => {
    const draft = draftOf(state({ hasOpenCrossing: true }));
    closeOpenCrossing(draft, 3, later(1));
    expect(changeOf(draft)).toMatchObject({
      after: { hasOpenCrossing: false, crossings: 3 },
      closed: { crossing: 3, at: later(1) },
    });
  });

  test("closes no other crossing than the open one, and none twice", () => {
    for (const [hasOpenCrossing, crossing] of [
      [true, 2],
      [true, 4],
      [false, 3],
    ] as const) {
      const draft = draftOf(state({ hasOpenCrossing }));
      closeOpenCrossing(draft, crossing, later(1));
      expect([draft.hasOpenCrossing, draft.closed]).toEqual([hasOpenCrossing, null]);
    }
  });

  test("that opens a crossing and closes it again has closed none that was open before", () => {
    const draft = draftOf(state({ balance: creditsOf(20n) }));
    expect(evaluateThreshold(draft, later(1))).toBe(4);
    closeOpenCrossing(draft, 4, later(2));
    expect([draft.hasOpenCrossing, draft.closed, draft.opened.length]).toEqual([false, null, 1]);
  });
});

type Step = { readonly amount: bigint } | { readonly closes: "open" | "other" };
const steps = fc.array(
  fc.oneof(
    fc.record({ amount: fc.bigInt(-30n, 30n) }),
    fc.record({ closes: fc.constantFrom("open" as const, "other" as const) }),
  ),
  { maxLength: 30 },
);

test("any list of postings and closings leads to what a count of them by hand leads to", () => {
  fc.assert(
    fc.property(fc.option(fc.bigInt(0n, 60n)), fc.boolean(), steps, (threshold, wasOpen, list: Step[]) => {
      const before = state({
        threshold: threshold === null ? null : creditsOf(threshold),
        hasOpenCrossing: wasOpen,
      });
      const draft = draftOf(before);
      let balance = 100n;
      let isOpen = wasOpen;
      let count = 3;
      const amounts: bigint[] = [];
      list.forEach((step, index) => {
        if ("amount" in step) {
          const { entry, crossing } = move(draft, posting(step.amount), later(index));
          balance += step.amount;
          amounts.push(step.amount);
          const opens = threshold !== null && balance <= threshold && !isOpen;
          if (opens) [isOpen, count] = [true, count + 1];
          expect(entry.balanceAfter - entry.balanceBefore).toBe(step.amount);
          expect(crossing).toBe(opens ? count : null);
        } else {
          closeOpenCrossing(draft, step.closes === "open" ? count : count + 1, later(index));
          if (step.closes === "open") isOpen = false;
        }
      });
      const { after, entries, opened, closed } = changeOf(draft);
      expect([after.balance, after.crossings, after.hasOpenCrossing]).toEqual([balance, count, isOpen]);
      expect(entries.map(({ amount }) => amount)).toEqual(amounts);
      expect(entries.map(({ sequence }) => sequence)).toEqual(amounts.map((_, index) => 8n + BigInt(index)));
      expect(opened.map(({ crossing }) => crossing)).toEqual(
        Array.from({ length: count - 3 }, (_, index) => 4 + index),
      );
      // What was open before is closed if another was opened since, or if nothing is open now.
      expect(closed?.crossing ?? null).toBe(wasOpen && (count > 3 || !isOpen) ? 3 : null);
    }),
    { numRuns: 300 },
  );
});
