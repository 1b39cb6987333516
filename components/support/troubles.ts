import type { PillKind } from "@/components/ui/pill";
import { parseCredits } from "@/lib/credits";
import { isDue } from "@/lib/ledger/rules";
import type { BalanceRow } from "@/lib/staff/rules";

export type Trouble = "disabled" | "suspended" | "zero" | "below" | "failing" | "dry";

/** Everything about an account that somebody should look at, as the filters of the list have it. */
export function troublesOf(row: BalanceRow): { name: Trouble; kind: PillKind }[] {
  const balance = parseCredits(row.balance);
  const threshold = row.threshold === null ? null : parseCredits(row.threshold);
  const isZero = balance === null || balance <= 0n;
  const found: { name: Trouble; kind: PillKind; holds: boolean }[] = [
    { name: "disabled", kind: "neutral", holds: row.status === "disable" },
    { name: "suspended", kind: "bad", holds: row.rule === "suspended" },
    { name: "failing", kind: "bad", holds: row.rule === "on" && row.declines > 0 },
    { name: "zero", kind: "bad", holds: isZero },
    {
      name: "below",
      kind: "warn",
      holds: !isZero && row.rule !== "off" && threshold !== null && isDue(balance, threshold),
    },
    { name: "dry", kind: "warn", holds: !isZero && row.runsDry },
  ];
  return found.filter(({ holds }) => holds).map(({ name, kind }) => ({ name, kind }));
}
