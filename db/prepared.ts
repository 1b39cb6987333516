import type { Database } from "./client";

/**
 * A statement that is put together once for each pool, and not each time it is asked: for reads of every call, since the
 * query builder takes longer than the database. In a transaction it is put together anew.
 */
export function prepared<Statement>(prepare: (db: Database) => Statement): (db: Database) => Statement {
  const statements = new WeakMap<Database, Statement>();
  return (db) => {
    const statement = statements.get(db) ?? prepare(db);
    statements.set(db, statement);
    return statement;
  };
}
