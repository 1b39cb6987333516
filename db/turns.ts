import { DatabaseTooBusy } from "./errors";

/** Lets so many in at once; who comes then waits in the order of arrival, until its time is over. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(free: number) {
    this.#free = free;
  }

  /** The turn is given back by the function that comes with it. */
  async take(deadline: number): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(deadline);
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }

  #wait(deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(new DatabaseTooBusy());
      }, deadline - performance.now());
      this.#waiting.push(enter);
    });
  }
}

/**
 * How the connections of a pool are shared out: no customer has more than a part of them, all writes together leave
 * some to reads, and all customers together leave one to sign-in. A row that somebody holds locked stops no one else.
 */
export class PoolTurns {
  readonly #ofCustomers = new Map<string, { readonly turns: Turns; users: number }>();
  readonly #ofAll: Turns;
  readonly #ofWrites: Turns;
  readonly #share: number;

  constructor(connections: number) {
    this.#share = Math.max(1, Math.floor((connections * 3) / 8));
    this.#ofAll = new Turns(Math.max(1, connections - 1));
    this.#ofWrites = new Turns(Math.max(1, Math.floor((connections * 5) / 8)));
  }

  async take(customerId: string, isWrite: boolean, deadline: number): Promise<() => void> {
    const own = this.#ofCustomers.get(customerId) ?? { turns: new Turns(this.#share), users: 0 };
    this.#ofCustomers.set(customerId, own);
    own.users += 1;
    const taken = [
      () => {
        own.users -= 1;
        if (own.users === 0) this.#ofCustomers.delete(customerId);
      },
    ];
    const giveBack = () => {
      for (const each of taken.splice(0).toReversed()) each();
    };
    try {
      taken.push(await own.turns.take(deadline));
      if (isWrite) taken.push(await this.#ofWrites.take(deadline));
      taken.push(await this.#ofAll.take(deadline));
    } catch (error) {
      giveBack();
      throw error;
    }
    return giveBack;
  }
}
