import type postgres from "postgres";

/** As `Sql` in db/client.ts, which imports this file. */
type Client = postgres.Sql<{ bigint: bigint }>;

export type PoolIdentity = {
  /** The role as which every statement must run. */
  readonly role: string;
  readonly isReadOnly: boolean;
};

/** The connections of a pool do not work as the role that they asked for; nothing was sent through them. */
export class WrongIdentity extends Error {
  constructor(wanted: PoolIdentity, found: string) {
    const { role, isReadOnly } = wanted;
    const readOnly = isReadOnly ? `, and \`alter role … set default_transaction_read_only = on\`` : "";
    super(
      `The database runs our statements as ${found}, and they must run as ${role}${isReadOnly ? ", read-only" : ""}. ` +
        "A pooler that ignores startup parameters does this. Give DATABASE_URL, DATABASE_URL_STAFF and " +
        `DATABASE_URL_OWNER a login each, here with \`alter role … set role = ${role}\`${readOnly}; see README.md.`,
    );
    this.name = "WrongIdentity";
  }
}

/**
 * The client that asks the server who it is before its first statement, and again after a connection was lost, and refuses to
 * work as anybody else: by a pooler that drops the role everything would run as the owner of the tables, without a word.
 */
export function identified(client: Client, wanted: PoolIdentity): { sql: Client; forget: () => void } {
  let isKnown = false;
  let asking: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    const [row] = await client<{ role: string; is_read_only: boolean }[]>`
      select current_user::text as role, current_setting('transaction_read_only')::bool
        and current_setting('default_transaction_read_only')::bool as is_read_only`;
    const { role = "nobody", is_read_only = false } = row ?? {};
    if (role !== wanted.role) throw new WrongIdentity(wanted, role);
    if (wanted.isReadOnly && !is_read_only) throw new WrongIdentity(wanted, `${role}, which may write`);
    isKnown = true;
  };
  const whenKnown = (): Promise<void> =>
    (asking ??= ask().finally(() => {
      asking = null;
    }));

  const sql = new Proxy(client, {
    apply: (target, that, given) => delayed(Reflect.apply(target, that, given), () => isKnown, whenKnown),
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== "function") return value;
      if (property === "unsafe") {
        return (...given: unknown[]) =>
          delayed(Reflect.apply(value, target, given), () => isKnown, whenKnown);
      }
      if (property !== "begin" && property !== "reserve") return value;
      return async (...given: unknown[]): Promise<unknown> => {
        if (!isKnown) await whenKnown();
        return Reflect.apply(value, target, given) as unknown;
      };
    },
  });
  return {
    sql,
    forget: () => {
      isKnown = false;
    },
  };
}

/** A query of the driver that waits, once it is asked for, until the server is known. Anything else as it is. */
function delayed(query: unknown, isKnown: () => boolean, whenKnown: () => Promise<void>): unknown {
  if (isKnown() || !isQuery(query)) return query;
  const run = query.handler;
  query.handler = (asked) => {
    whenKnown().then(
      () => {
        run(asked);
      },
      (error: unknown) => {
        query.reject(error);
      },
    );
  };
  return query;
}

type Query = { handler: (asked: unknown) => void; readonly reject: (error: unknown) => void };

// The driver runs a query by its `handler` when it is first waited for; fragments inside others are never run.
const isQuery = (made: unknown): made is Query =>
  typeof made === "object" &&
  made !== null &&
  "handler" in made &&
  typeof made.handler === "function" &&
  "reject" in made &&
  typeof made.reject === "function";
