/** Wakes one sleeper. A signal while nobody sleeps is kept, so that none is lost between a read and the sleep after it. */
export class WakeSignal {
  #isRaised = false;
  #resolve: (() => void) | null = null;

  readonly wake = (): void => {
    this.#isRaised = true;
    this.#resolve?.();
  };

  /** Resolves at the next signal, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#isRaised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#resolve = null;
    this.#isRaised = false;
  }
}
