declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaCounters: Map<string, number> | undefined;
}

const counters = (): Map<string, number> => (globalThis.ricaricaCounters ??= new Map<string, number>());

export type CounterName =
  "ricarica_posts_total" | "ricarica_post_refusals_total" | "ricarica_recharge_decisions_total";

/**
 * Counts something that happened in this process, for /metrics. Labels come from the program's own short lists, never
 * from what somebody sent: each value is a series of its own.
 */
export function count(name: CounterName, labels: Readonly<Record<string, string>>): void {
  const inside = Object.entries(labels).map(
    ([label, value]) => `${label}="${value.replace(/[^a-z0-9_]/g, "_")}"`,
  );
  const series = `${name}{${inside.join(",")}}`;
  counters().set(series, (counters().get(series) ?? 0) + 1);
}

/** What was counted since the process began, by series as Prometheus writes them. */
export function readCounters(): Readonly<Record<string, number>> {
  return Object.fromEntries(counters());
}
