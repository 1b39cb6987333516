/** What one mode of load did, all its turns together. */
export type Measured = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number };

/** One mode of load: so many callers, each of which waits for its answer before it asks again. */
export type Load = {
  readonly callers: number;
  /** Does one posting and resolves when it is committed. `turn` counts the postings of one caller. */
  readonly work: (caller: number, turn: number) => Promise<unknown>;
};

export class Meter {
  readonly #load: Load;
  readonly #latencies: number[] = [];
  #milliseconds = 0;
  #turns = 0;

  constructor(load: Load) {
    this.#load = load;
  }

  get done(): number {
    return this.#turns;
  }

  /** Runs the load for so long. What runs before `counts` warms up prepared statements and caches. */
  async run(milliseconds: number, counts: boolean): Promise<void> {
    const start = performance.now();
    const end = start + milliseconds;
    const latencies: number[] = [];
    const callers = Array.from({ length: this.#load.callers }, async (_, caller) => {
      for (let turn = 0; performance.now() < end; turn += 1) {
        const asked = performance.now();
        await this.#load.work(caller, turn);
        latencies.push(performance.now() - asked);
      }
    });
    await Promise.all(callers);
    this.#turns += latencies.length;
    if (!counts) return;
    this.#milliseconds += performance.now() - start;
    for (const latency of latencies) this.#latencies.push(latency);
  }

  read(): Measured {
    const sorted = Float64Array.from(this.#latencies).sort();
    return {
      perSecond: Math.round((sorted.length / this.#milliseconds) * 1000),
      p50Ms: round(quantile(sorted, 0.5)),
      p99Ms: round(quantile(sorted, 0.99)),
    };
  }
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const round = (value: number): number => Math.round(value * 1000) / 1000;
