/** What a random customer does. `account`, `to`: one of the three; `off`: how far from the open crossing it aims. */
export type Operation =
  | { readonly do: "message" | "purchase" | "correction"; readonly account: number; readonly amount: bigint }
  | { readonly do: "recharge"; readonly account: number; readonly amount: bigint; readonly off: number }
  | { readonly do: "transfer"; readonly account: number; readonly to: number; readonly amount: bigint }
  | { readonly do: "threshold"; readonly account: number; readonly threshold: bigint | null }
  | { readonly do: "close"; readonly account: number; readonly off: number }
  | { readonly do: "evaluate"; readonly account: number }
  | { readonly do: "repeat"; readonly earlier: number; readonly changed: boolean }
  | { readonly do: "burst"; readonly account: number; readonly amount: bigint; readonly count: number };

/** The request hashes of a posting and of its changed repeat. */
export const FIRST = "first";
export const CHANGED = "changed";

type Account = {
  balance: bigint;
  sequence: bigint;
  threshold: bigint | null;
  crossings: number;
  isOpen: boolean;
};

/** The ledger as one would explain it on paper: no versions, no batches, no memory of what is old. */
export class LedgerModel {
  readonly accounts: Account[] = [0, 1, 2].map(() => ({
    balance: 0n,
    sequence: 0n,
    threshold: null,
    crossings: 0,
    isOpen: false,
  }));
  /** The request hash under which a posting was accepted; null for a refused one, which may be tried again. */
  readonly #accepted: (string | null)[] = [];
  readonly #asked: { readonly operation: Operation; readonly crossing: number }[] = [];
  /** The crossing that the operation at hand names; wrong at times. */
  crossingToClose = 0;

  /** Does the operation, as the `at`th posting if it is one, and says what the ledger should answer. */
  expect(operation: Operation, at: number): string {
    switch (operation.do) {
      case "threshold": {
        const account = this.#account(operation.account);
        account.threshold = operation.threshold;
        return `crossing ${String(evaluate(account))}`;
      }
      case "evaluate":
        return `crossing ${String(evaluate(this.#account(operation.account)))}`;
      case "close": {
        const account = this.#account(operation.account);
        this.crossingToClose = account.crossings - operation.off;
        close(account, this.crossingToClose);
        return "crossing null";
      }
      case "repeat":
        return this.#repeat(operation);
      case "burst":
        return this.#burst(operation, at);
      case "recharge":
        this.crossingToClose = this.#account(operation.account).crossings - operation.off;
        return this.#first(operation, at);
      case "message":
      case "purchase":
      case "correction":
      case "transfer":
        return this.#first(operation, at);
    }
  }

  /** Of the postings of a burst, the ledger chose these. */
  recordBurst(accepted: readonly boolean[]): void {
    const start = this.#accepted.length - accepted.length;
    accepted.forEach((isAccepted, index) => {
      this.#accepted[start + index] = isAccepted ? FIRST : null;
    });
  }

  #first(operation: Operation, at: number): string {
    const answer = this.#move(operation, this.crossingToClose);
    this.#asked[at] = { operation, crossing: this.crossingToClose };
    this.#accepted[at] = answer.startsWith("posted") ? FIRST : null;
    return answer;
  }

  #repeat({ earlier, changed }: { readonly earlier: number; readonly changed: boolean }): string {
    if (this.#asked.length === 0) return "nothing";
    const at = earlier % this.#asked.length;
    const asked = this.#asked[at];
    if (asked === undefined) throw new RangeError("no such posting");
    const requestHash = changed ? CHANGED : FIRST;
    const accepted = this.#accepted[at] ?? null;
    if (accepted !== null) return accepted === requestHash ? "repeated" : "conflict";
    const answer = this.#move(asked.operation, asked.crossing);
    if (answer.startsWith("posted")) this.#accepted[at] = requestHash;
    return answer;
  }

  #burst(operation: Extract<Operation, { do: "burst" }>, at: number): string {
    const { account, amount, count } = operation;
    let accepted = 0;
    let opened = "posted null";
    for (let index = 0; index < count; index += 1) {
      const answer = this.#first({ do: "message", account, amount }, at + index);
      if (!answer.startsWith("posted")) continue;
      accepted += 1;
      if (answer !== "posted null") opened = answer;
    }
    return `${accepted.toString()} ${opened}`;
  }

  #move(operation: Operation, crossing: number): string {
    switch (operation.do) {
      case "message":
        return this.#gain(operation.account, -operation.amount);
      case "purchase":
      case "correction":
        return this.#gain(operation.account, operation.amount);
      case "recharge":
        close(this.#account(operation.account), crossing);
        return this.#gain(operation.account, operation.amount);
      case "transfer": {
        if (operation.account === operation.to) return "invalid_input";
        const out = this.#gain(operation.account, -operation.amount);
        if (!out.startsWith("posted")) return out;
        const into = this.#gain(operation.to, operation.amount);
        return out === "posted null" ? into : out;
      }
      case "threshold":
      case "close":
      case "evaluate":
      case "repeat":
      case "burst":
        throw new TypeError(`${operation.do} moves nothing`);
    }
  }

  #gain(at: number, amount: bigint): string {
    const account = this.#account(at);
    if (account.balance + amount < 0n) return "insufficient_credits";
    account.balance += amount;
    account.sequence += 1n;
    return `posted ${String(evaluate(account))}`;
  }

  #account(at: number): Account {
    const account = this.accounts[at];
    if (account === undefined) throw new RangeError("no such account");
    return account;
  }
}

function evaluate(account: Account): number | null {
  if (account.isOpen || account.threshold === null || account.balance > account.threshold) return null;
  account.isOpen = true;
  account.crossings += 1;
  return account.crossings;
}

function close(account: Account, crossing: number): void {
  if (account.crossings === crossing) account.isOpen = false;
}
