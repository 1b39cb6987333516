import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LiveForm } from "@/components/ui/live-form";
import { Select } from "@/components/ui/select";
import { BALANCE_FILTERS } from "@/lib/staff/rules";
import { type BalancesAddress, balancesPath, SORT_NAMES } from "./balances-address";

/** Which accounts, and in what order. Both stand in the address; the order needs no script. */
export function BalanceFilterForm({ address }: { address: BalancesAddress }) {
  const t = useTranslations("support.balances");
  const { filter, sort } = address;
  return (
    <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <nav aria-label={t("filters")}>
        <ul className="flex flex-wrap gap-2">
          {BALANCE_FILTERS.map((name) => (
            <li key={name}>
              <Link
                href={balancesPath({ filter: name, sort })}
                aria-current={name === filter ? "page" : undefined}
                scroll={false}
                className="block rounded-full border border-line-strong px-3.5 py-1.5 text-s text-ink-2 hover:bg-sunk aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-ink"
              >
                {t(`filter.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <LiveForm
        action="/support"
        values={{ filter, sort }}
        label={t("sort")}
        className="flex flex-wrap items-center gap-3"
      >
        {filter === "all" ? null : <input type="hidden" name="filter" defaultValue={filter} />}
        <label htmlFor="balance-sort" className="text-s text-ink-2">
          {t("sort")}
        </label>
        <Select id="balance-sort" name="sort" defaultValue={sort}>
          {SORT_NAMES.map((name) => (
            <option key={name} value={name}>
              {t(`sorts.${name}`)}
            </option>
          ))}
        </Select>
        <noscript>
          <Button type="submit" variant="ghost">
            {t("apply")}
          </Button>
        </noscript>
      </LiveForm>
    </div>
  );
}
