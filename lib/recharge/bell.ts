/** Wakes one sleeper. A ring while nobody sleeps is kept, so that none falls between a look and the sleep after it. */
export class Bell {
  #isRung = false;
  #wake: (() => void) | null = null;

  readonly ring = (): void => {
    this.#isRung = true;
    this.#wake?.();
  };

  /** Resolves at the next ring, or after `timeoutMs`. */
  async heard(timeoutMs: number): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = null;
    this.#isRung = false;
  }
}
