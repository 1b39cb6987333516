/** One figure as Prometheus reads it. */
export type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number };

export type Metric = {
  readonly name: string;
  readonly kind: "counter" | "gauge";
  readonly help: string;
  readonly samples: readonly Sample[];
};

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

/** The text format 0.0.4 of Prometheus. */
export function printMetrics(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, kind, help, samples }) => {
      const lines = samples.map(({ labels = {}, value }) => {
        const inside = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
        return `${name}${inside.length === 0 ? "" : `{${inside.join(",")}}`} ${value.toString()}`;
      });
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines].join("\n");
    })
    .join("\n")
    .concat("\n");
}

/** Reads a series that `count` wrote: its name and its labels. */
export function seriesOf(text: string): { name: string; labels: Readonly<Record<string, string>> } {
  const [name = "", inside = ""] = text.split(/[{}]/);
  const pairs = [...inside.matchAll(/([a-z_]+)="([^"]*)"/g)].map(
    ([, label = "", value = ""]) => [label, value] as const,
  );
  return { name, labels: Object.fromEntries(pairs) };
}

/**
 * May this request read the figures? Whoever sends the operator's token may; else this machine alone. A proxy on this
 * machine speaks for strangers, and says so by a header: then the address of the connection proves nothing.
 */
export function mayReadMetrics(
  request: {
    readonly peer: string | null;
    readonly isForwarded: boolean;
    readonly authorization: string | null;
  },
  token: string | null,
  isSame: (a: string, b: string) => boolean,
): boolean {
  if (token !== null && isSame(request.authorization ?? "", `Bearer ${token}`)) return true;
  return !request.isForwarded && request.peer !== null && isLoopback(request.peer);
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, "");
  return plain === "::1" || /^127\.\d+\.\d+\.\d+$/.test(plain);
}

/** A worker that has been silent for longer is taken for dead. */
export const SILENT_AFTER_MS = 20_000;
