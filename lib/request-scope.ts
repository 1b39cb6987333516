import { AsyncLocalStorage } from "node:async_hooks";

/** What the pool knows of the request that a statement is made for. */
type RequestScope = {
  /** Who is asking, once that is known. */
  customerId: string | null;
  /** The database has not answered this request: what it asks next waits a moment only. */
  isSilent: boolean;
  /** Something failed for this request that will pass by itself. */
  wasUnavailable: boolean;
};

type Work = {
  readonly request: RequestScope;
  /** Inside of a transaction, which has its connection: what is asked beside it takes no further turn. */
  readonly isHolding: boolean;
};

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaScopes: AsyncLocalStorage<Work> | undefined;
}

const scopes = () => (globalThis.ricaricaScopes ??= new AsyncLocalStorage<Work>());
const newRequest = (customerId: string | null): Work => ({
  request: { customerId, isSilent: false, wasUnavailable: false },
  isHolding: false,
});

export const currentScope = (): Work | undefined => scopes().getStore();

/** From here on, whatever this turn of the event loop leads to is one request. Tells whether it met what passes by itself. */
export function beginRequest(): { readonly wasUnavailable: () => boolean } {
  const work = newRequest(null);
  scopes().enterWith(work);
  return { wasUnavailable: () => work.request.wasUnavailable };
}

/** Says for whom the request of this moment is, so that it takes that customer's share of the pool and no more. */
export function requestIsOf(customerId: string | null): void {
  const work = currentScope();
  if (work !== undefined) work.request.customerId = customerId;
}

/** Does something as a request of this customer; null for nobody's, as of a loop that many requests share. */
export const asRequestOf = <Value>(customerId: string | null, work: () => Value): Value =>
  scopes().run(newRequest(customerId), work);

/** Does the work of a transaction, which has its connection already. */
export function whileHolding<Value>(work: () => Value): Value {
  const scope = currentScope();
  return scope === undefined ? work() : scopes().run({ request: scope.request, isHolding: true }, work);
}
