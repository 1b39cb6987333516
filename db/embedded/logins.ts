import { createHmac } from "node:crypto";
import { APPLICATION_ROLE, type Sql, SUPPORT_ROLE } from "../client";

const LOGINS = [
  { login: "ricarica_app_login", role: APPLICATION_ROLE, isReadOnly: false },
  { login: "ricarica_support_login", role: SUPPORT_ROLE, isReadOnly: true },
] as const;

/**
 * Makes a login for each role of the product, or sets its password again, and returns their addresses. The passwords follow
 * from the owner's, so that nothing else is kept and all who start the same server agree.
 */
export async function ensureLogins(owner: Sql, ownerUrl: string): Promise<{ url: string; staffUrl: string }> {
  const passwordOf = (login: string): string =>
    createHmac("sha256", decodeURIComponent(new URL(ownerUrl).password))
      .update(login)
      .digest("base64url");
  for (const { login, role, isReadOnly } of LOGINS) {
    const password = passwordOf(login);
    await owner.unsafe(`do $$
      begin
        if not exists (select from pg_roles where rolname = '${login}') then
          create role ${login} login password '${password}' in role ${role};
          alter role ${login} set role = '${role}';
          ${isReadOnly ? `alter role ${login} set default_transaction_read_only = on;` : ""}
        end if;
      exception
        -- Another starter did the same at this moment.
        when duplicate_object or unique_violation then null;
      end
      $$`);
  }
  const [url, staffUrl] = LOGINS.map(({ login }) => {
    const address = new URL(ownerUrl);
    address.username = login;
    address.password = passwordOf(login);
    return address.href;
  });
  if (url === undefined || staffUrl === undefined) throw new Error("there are two logins");
  return { url, staffUrl };
}
