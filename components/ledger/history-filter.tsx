import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FilterForm } from "@/components/ui/filter-form";
import { Field } from "@/components/ui/field";
import { PeriodFields } from "@/components/ui/period-fields";
import { Select } from "@/components/ui/select";
import type { PeriodProblem } from "@/lib/period";
import { FILTER_KINDS, type HistoryFilter as Filter, historyQuery } from "./history-address";

/** What is shown of the history. A plain GET form: the filter is the address, and it needs no script. */
export function HistoryFilterForm(props: {
  path: Route;
  filter: Filter;
  /** The last day that can be chosen. */
  today: string;
  problem: PeriodProblem | null;
}) {
  const t = useTranslations("ledger.history");
  const tKind = useTranslations("ledger.filterKind");
  const { filter } = props;
  const isFiltered = filter.kind !== null || filter.from !== "" || filter.to !== "";
  return (
    <FilterForm
      // Another filter is another form: a link to it would leave what was chosen in the fields of this one.
      key={historyQuery({ ...filter, before: null })}
      action={props.path}
      label={t("filters")}
      className="mb-4 flex flex-wrap items-end gap-x-4 print:hidden"
    >
      <Field id="filter-kind" label={t("kind")}>
        {(control) => (
          <Select {...control} name="kind" defaultValue={filter.kind ?? ""}>
            <option value="">{t("allKinds")}</option>
            {FILTER_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {tKind(kind)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <PeriodFields id="filter" period={filter} problem={props.problem} today={props.today} />
      <div className="mb-4 flex flex-wrap items-center gap-4">
        <Button type="submit" variant="ghost">
          {t("apply")}
        </Button>
        {isFiltered ? (
          <ButtonLink href={props.path} variant="link" className="min-h-11">
            {t("reset")}
          </ButtonLink>
        ) : null}
      </div>
    </FilterForm>
  );
}
