import type { Route } from "next";

/** The address that a GET form asks for; what is empty is left out. */
export function formAddressOf(action: Route, form: HTMLFormElement): Route {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") query.set(name, value);
  }
  // Safe because a query never changes which page an address leads to.
  return query.size === 0 ? action : `${action}?${query.toString()}`;
}
