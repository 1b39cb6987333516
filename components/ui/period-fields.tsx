import { useLocale, useTranslations } from "next-intl";
import { FIRST_DAY } from "@/lib/day";
import { formatDate } from "@/lib/format";
import type { Period, PeriodProblem } from "@/lib/period";
import { Field } from "./field";
import { TextInput } from "./text-input";

/** The first and the last day of what a list shows, each of which may be left open. */
export function PeriodFields(props: {
  id: string;
  period: Period;
  problem: PeriodProblem | null;
  /** The last day that can be chosen. */
  today: string;
}) {
  const t = useTranslations("ui.period");
  const locale = useLocale();
  const { id, period, problem, today } = props;
  return (["from", "to"] as const).map((name) => (
    <Field
      key={name}
      id={`${id}-${name}`}
      label={t(name)}
      error={
        problem?.field === name
          ? t(`problem.${problem.problem}`, { example: formatDate(locale, "UTC", today) })
          : undefined
      }
    >
      {(control) => (
        <TextInput
          {...control}
          type="date"
          name={name}
          width="date"
          min={FIRST_DAY}
          max={today}
          defaultValue={period[name]}
        />
      )}
    </Field>
  ));
}
