/** What the address of the audit says; null for what it leaves out. */
export type AuditAddress = {
  readonly person: string | null;
  readonly customer: string | null;
  /** Looks before this one, by number. */
  readonly before: string | null;
};

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export function readAuditAddress(search: SearchParams): AuditAddress {
  const one = (name: string): string | null => {
    const given = search[name];
    const text = (Array.isArray(given) ? (given[0] ?? "") : (given ?? "")).trim().slice(0, 100);
    return text === "" ? null : text;
  };
  return { person: one("person"), customer: one("customer"), before: one("before") };
}

export function auditQuery({ person, customer, before }: AuditAddress): string {
  const query = new URLSearchParams();
  if (person !== null) query.set("person", person);
  if (customer !== null) query.set("customer", customer);
  if (before !== null) query.set("before", before);
  return query.toString();
}
