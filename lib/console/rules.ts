/** One field of a call as the console draws it, and where its value goes. */
export type ConsoleField = {
  readonly place: "path" | "query" | "body";
  readonly name: string;
  /** `list`: texts, one on each line; `json`: anything else. */
  readonly kind: "text" | "number" | "boolean" | "choice" | "service" | "long_text" | "list" | "json";
  readonly isRequired: boolean;
  /** Taken because programs send it, though it changes nothing; it stands behind the others. */
  readonly isSecondary: boolean;
  /** May be sent as null, which is something else than not sending it. */
  readonly isNullable: boolean;
  /** What says the same as null, for clients that leave every null out of a body. */
  readonly insteadOfNull: number | null;
  /** Of a choice; numbers as text. */
  readonly choices: readonly string[];
  readonly choicesAreNumbers: boolean;
  /** In English, for a field that no message describes. */
  readonly description: string;
  readonly example: string;
};

export type ConsoleCall = {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly access: "open" | "application" | "signed";
  readonly fields: readonly ConsoleField[];
  /** Changes something, so that the reader is asked first. */
  readonly isWrite: boolean;
  /** Of the call that moves credits: the names of its fields, so that the question is put in plain words. */
  readonly transfer: { readonly source: string; readonly credits: string; readonly target: string } | null;
};
