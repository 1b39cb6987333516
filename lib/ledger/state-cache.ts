import { LRUCache } from "lru-cache";
import type { AccountKey } from "@/lib/accounts/rules";
import type { AccountState } from "./rules";

/** The last known states of accounts, the least used forgotten first. They may be old: who uses one compares its version. */
export class StateCache {
  readonly #states: LRUCache<string, AccountState>;

  constructor(max: number) {
    this.#states = new LRUCache({ max });
  }

  get(key: AccountKey): AccountState | undefined {
    return this.#states.get(nameOf(key));
  }

  /** Keeps the newer of two states. */
  put(state: AccountState): void {
    const name = nameOf(state.account);
    const known = this.#states.peek(name);
    if (known === undefined || known.version < state.version) this.#states.set(name, state);
  }

  forget(key: AccountKey): void {
    this.#states.delete(nameOf(key));
  }
}

// Neither part has a space in it.
const nameOf = (key: AccountKey): string => `${key.customerId} ${key.serviceName}`;
