/**
 * Gathers what comes in at the same time. Each queue works on one batch at a time; what arrives meanwhile is its next.
 * A caller alone does not wait: an idle queue starts at once.
 */
export class BatchQueues<Item> {
  readonly #waiting = new Map<string, Item[]>();
  readonly #work: (items: readonly Item[]) => Promise<void>;
  readonly #most: number;

  /** `work` answers each of its items itself and does not reject. `most`: items in a batch. */
  constructor(work: (items: readonly Item[]) => Promise<void>, most: number) {
    this.#work = work;
    this.#most = most;
  }

  add(queue: string, item: Item): void {
    const waiting = this.#waiting.get(queue);
    if (waiting !== undefined) {
      waiting.push(item);
      return;
    }
    const items = [item];
    this.#waiting.set(queue, items);
    queueMicrotask(() => void this.#drain(queue, items));
  }

  async #drain(queue: string, items: Item[]): Promise<void> {
    while (items.length > 0) {
      await this.#work(items.splice(0, this.#most));
      // Those who were answered come back within this turn of the event loop, and make one batch instead of two.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#waiting.delete(queue);
  }
}
