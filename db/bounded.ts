import { withinTime } from "../lib/within-time";
import { DatabaseSilent, isSilence, isUnavailable } from "./errors";
import { currentScope, whileHolding } from "../lib/request-scope";
import type { PoolTurns } from "./turns";

type Statement = PromiseLike<unknown> & {
  readonly values: () => PromiseLike<unknown>;
  readonly cancel: () => void;
  readonly active: boolean;
};

type Driver = {
  readonly unsafe: (text: string, parameters: unknown[], options?: object) => Statement;
  readonly begin: (work: (inner: object) => unknown) => Promise<unknown>;
  readonly savepoint: (work: (inner: object) => unknown) => Promise<unknown>;
};

export type WaitLimits = {
  /** A statement, the wait for a connection included, is given up after so long. */
  readonly silenceMs: number;
  /** What of the connections customers may have; null for a pool that serves no customers. */
  readonly turns: PoolTurns | null;
};

/** After a first statement that was not answered, the next ones of the same request wait no longer than this. */
const STILL_SILENT_MS = 250;

/**
 * The client as Drizzle is given it. Each statement is prepared once on each connection: Drizzle 0.45 asks for none to
 * be (upstream issue 6096), so that each would be planned anew, and take two round trips instead of one. And no wait is
 * without an end, neither that for a connection nor that for an answer.
 */
export function bounded<Whole extends object>(client: Whole, limits: WaitLimits): Whole {
  if (!isDriver(client)) throw new TypeError("only postgres.js can be bounded");
  const own: Driver = client;
  return new Proxy(client, {
    get(target, property, receiver) {
      switch (property) {
        case "unsafe":
          return (text: string, parameters: unknown[], options?: object) =>
            statement(limits, text, () => own.unsafe(text, parameters, { ...options, prepare: true }));
        case "begin":
          return (work: (inner: object) => unknown) => transaction(own, limits, work);
        case "savepoint":
          return (work: (inner: object) => unknown) =>
            own.savepoint((inner) => work(bounded(inner, { ...limits, turns: null })));
        default:
          return Reflect.get(target, property, receiver) as unknown;
      }
    },
  });
}

const isDriver = (client: object): client is Driver => "unsafe" in client;

/** Sent when somebody waits for it, as the driver's own. */
function statement(limits: WaitLimits, text: string, make: () => Statement) {
  const send = (form: (made: Statement) => PromiseLike<unknown>) =>
    inTurn(limits, !isRead(text), (deadline) => {
      const made = make();
      const whole = Promise.resolve(form(made));
      const told = withinTime(whole, deadline - performance.now(), () => {
        // One that was not sent yet shall not be sent any more.
        if (!made.active) made.cancel();
        return new DatabaseSilent();
      });
      return { whole, told };
    });
  let sent: Promise<unknown> | null = null;
  const answer = () => (sent ??= send((made) => made));
  return {
    values: () => send((made) => made.values()),
    then: (...listeners: Parameters<Promise<unknown>["then"]>) => answer().then(...listeners),
    catch: (...listeners: Parameters<Promise<unknown>["catch"]>) => answer().catch(...listeners),
    finally: (...listeners: Parameters<Promise<unknown>["finally"]>) => answer().finally(...listeners),
  };
}

/** Its connection, and its end after the work, each come in time; the statements between them see to themselves. */
function transaction(driver: Driver, limits: WaitLimits, work: (inner: object) => unknown) {
  return inTurn(limits, true, (connectedBy) => {
    const silence = new AbortController();
    const silentAt = (deadline: number) =>
      setTimeout(() => {
        silence.abort();
      }, deadline - performance.now());
    let timer = silentAt(connectedBy);
    const whole = driver.begin(async (inner) => {
      clearTimeout(timer);
      if (silence.signal.aborted) throw new DatabaseSilent();
      try {
        return await whileHolding(() => work(bounded(inner, { ...limits, turns: null })));
      } finally {
        timer = silentAt(deadlineOf(limits));
      }
    });
    const told = new Promise((resolve, reject) => {
      silence.signal.addEventListener("abort", () => {
        reject(new DatabaseSilent());
      });
      whole.then(resolve, reject).finally(() => {
        clearTimeout(timer);
      });
    });
    return { whole, told };
  });
}

/** `whole` ends when the connection is free again, `told` when the caller hears of it, which may be sooner. */
async function inTurn(
  limits: WaitLimits,
  isWrite: boolean,
  send: (deadline: number) => { whole: Promise<unknown>; told: Promise<unknown> },
): Promise<unknown> {
  const scope = currentScope();
  const deadline = deadlineOf(limits);
  const customerId = scope === undefined || scope.isHolding ? null : scope.request.customerId;
  try {
    let told: Promise<unknown>;
    if (limits.turns === null || customerId === null) told = send(deadline).told;
    else {
      const giveBack = await limits.turns.take(customerId, isWrite, deadline);
      const sent = send(deadline);
      sent.whole.then(giveBack, giveBack);
      told = sent.told;
    }
    const value = await told;
    if (scope !== undefined) scope.request.isSilent = false;
    return value;
  } catch (error) {
    if (scope !== undefined && isSilence(error)) scope.request.isSilent = true;
    if (scope !== undefined && isUnavailable(error)) scope.request.wasUnavailable = true;
    throw error;
  }
}

const deadlineOf = ({ silenceMs }: WaitLimits): number =>
  performance.now() + (currentScope()?.request.isSilent === true ? STILL_SILENT_MS : silenceMs);

const isRead = (text: string): boolean =>
  /^\s*select\b/i.test(text) && !/\bfor (no key )?update\b/i.test(text);
