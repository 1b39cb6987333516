import { type Period, readPeriod } from "@/lib/period";

/** What the address of the audit says; null for what it leaves out. */
export type AuditAddress = Period & {
  readonly person: string | null;
  readonly customer: string | null;
  /** Accesses before this one, by number. */
  readonly before: string | null;
};

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export function readAuditAddress(search: SearchParams): AuditAddress {
  const one = (name: string): string | null => {
    const given = search[name];
    const text = (Array.isArray(given) ? (given[0] ?? "") : (given ?? "")).trim().slice(0, 100);
    return text === "" ? null : text;
  };
  return { ...readPeriod(search), person: one("person"), customer: one("customer"), before: one("before") };
}

export function auditQuery(address: AuditAddress): string {
  const { from, to, person, customer, before } = address;
  return new URLSearchParams(
    Object.entries({ person, customer, from, to, before }).flatMap(([name, value]) =>
      value === null || value === "" ? [] : [[name, value]],
    ),
  ).toString();
}
