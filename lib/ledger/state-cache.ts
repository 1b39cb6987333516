import type { AccountKey } from "@/lib/accounts/rules";
import type { AccountState } from "./rules";

/** The last known states of accounts, the least used forgotten first. They may be old: who uses one compares its version. */
export class StateCache {
  readonly #states = new Map<string, AccountState>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: AccountKey): AccountState | undefined {
    const name = nameOf(key);
    const state = this.#states.get(name);
    if (state === undefined) return undefined;
    this.#states.delete(name);
    this.#states.set(name, state);
    return state;
  }

  /** Keeps the newer of two states. */
  put(state: AccountState): void {
    const name = nameOf(state.account);
    const known = this.#states.get(name);
    if (known !== undefined && known.version >= state.version) return;
    this.#states.delete(name);
    this.#states.set(name, state);
    if (this.#states.size <= this.#most) return;
    const oldest = this.#states.keys().next();
    if (oldest.done !== true) this.#states.delete(oldest.value);
  }

  forget(key: AccountKey): void {
    this.#states.delete(nameOf(key));
  }
}

// Neither part has a space in it.
const nameOf = (key: AccountKey): string => `${key.customerId} ${key.serviceName}`;
