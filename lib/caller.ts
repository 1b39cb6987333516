/** What a member of staff may do: look; look and correct balances; look, and see who has looked. */
export type StaffRight = "support" | "billing" | "lead";

/** Who is asking. Built by an entry point (page, action, route, job, command) and read by every verb. */
export type Caller =
  | { readonly kind: "customer"; readonly customerId: string; readonly userId: string }
  | { readonly kind: "support"; readonly userId: string; readonly right: StaffRight }
  /** A program of a customer, through the API. */
  | { readonly kind: "api_client"; readonly customerId: string; readonly consumerKeyId: string }
  /** A program of a customer that cannot sign, by a login and a password. */
  | { readonly kind: "api_user"; readonly customerId: string; readonly login: string }
  /** The worker and the operator's commands: acts for any customer, always named in the call. */
  | { readonly kind: "system"; readonly name: string };

/** The customer in whose name a write may happen; null for callers who may look at most. */
export function writingCustomer(caller: Caller): string | null {
  switch (caller.kind) {
    case "customer":
    case "api_client":
    case "api_user":
      return caller.customerId;
    case "support":
    case "system":
      return null;
  }
}

/** May this caller read what belongs to `customerId`? */
export function mayRead(caller: Caller, customerId: string): boolean {
  switch (caller.kind) {
    case "customer":
    case "api_client":
    case "api_user":
      return caller.customerId === customerId;
    case "support":
    case "system":
      return true;
  }
}

/** May this caller change what belongs to `customerId`? Support looks, and does not touch. */
export function mayChange(caller: Caller, customerId: string): boolean {
  switch (caller.kind) {
    case "customer":
    case "api_client":
    case "api_user":
      return caller.customerId === customerId;
    case "support":
      return false;
    case "system":
      return true;
  }
}

/** How whoever acts is recorded: the kind, a colon, and who it is of that kind. */
export function actorOf(caller: Caller): string {
  switch (caller.kind) {
    case "customer":
    case "support":
      return `user:${caller.userId}`;
    case "api_client":
      return `api:${caller.consumerKeyId}`;
    case "api_user":
      return `api-user:${caller.login}`;
    case "system":
      return `system:${caller.name}`;
  }
}
