import { type Period, readPeriod } from "@/lib/period";
import { type SearchParameters, searchText } from "@/lib/search-parameters";

/** What the address of the audit says; null for what it leaves out. */
export type AuditAddress = Period & {
  readonly person: string | null;
  readonly customer: string | null;
  /** Accesses before this one, by number. */
  readonly before: string | null;
};

export function readAuditAddress(search: SearchParameters): AuditAddress {
  const one = (name: string): string | null => searchText(search, name).trim() || null;
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
