import { Counter, Registry } from "prom-client";

/** What is counted, with the labels of each. */
const COUNTERS = {
  ricarica_posts_total: { help: "Entries posted since the process began, by kind.", labelNames: ["kind"] },
  ricarica_post_refusals_total: {
    help: "Postings refused since the process began, by kind and code.",
    labelNames: ["kind", "code"],
  },
  ricarica_recharge_decisions_total: {
    help: "What was decided about recharges and rules since the process began, by outcome and reason.",
    labelNames: ["outcome", "reason"],
  },
  ricarica_sign_ins_total: {
    help: "Sign-ins tried since the process began, by outcome.",
    labelNames: ["outcome"],
  },
} as const;

export type CounterName = keyof typeof COUNTERS;

/** A series of what one process counted, as it is kept beside its sign of life. */
export type Counted = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export type Counters = {
  readonly registry: Registry;
  readonly add: (counted: Counted) => void;
};

/** The counters in a registry of their own, each with these labels beside its own. */
export function makeCounters(labels: readonly string[] = []): Counters {
  const registry = new Registry();
  const made = new Map(
    Object.entries(COUNTERS).map(([name, { help, labelNames }]) => [
      name,
      new Counter({ name, help, labelNames: [...labelNames, ...labels], registers: [registry] }),
    ]),
  );
  // What an older or newer version counted under another name is left out.
  return { registry, add: ({ name, labels, value }) => made.get(name)?.inc(labels, value) };
}

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaCounters: Counters | undefined;
}

const counters = (): Counters => (globalThis.ricaricaCounters ??= makeCounters());

/**
 * Counts something that happened in this process, for /metrics. Labels come from the program's own short lists, never
 * from what somebody sent: each value is a series of its own.
 */
export function count<Name extends CounterName>(
  name: Name,
  labels: Readonly<Record<(typeof COUNTERS)[Name]["labelNames"][number], string>>,
): void {
  counters().add({ name, labels, value: 1 });
}

/** What was counted since the process began. */
export async function readCounters(): Promise<Counted[]> {
  const metrics = await counters().registry.getMetricsAsJSON();
  return metrics.flatMap(({ name, values }) =>
    values.map(({ labels, value }) => ({
      name,
      labels: Object.fromEntries(Object.entries(labels).map(([label, text]) => [label, String(text)])),
      value,
    })),
  );
}
