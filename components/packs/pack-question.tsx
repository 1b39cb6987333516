import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LiveForm } from "@/components/ui/live-form";
import { Options } from "@/components/ui/options";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { formatCount, formatCountry } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import { LARGEST_ORDER } from "@/lib/orders/rules";
import type { PacksView } from "@/lib/packs/schema";

/** What is asked: how many credits, and to which country. `lists` is empty where the billing country is given. */
export function PackQuestion({
  action,
  view,
  lists = [],
}: {
  action: Route;
  view: PacksView;
  lists?: readonly string[];
}) {
  const t = useTranslations("packs");
  const tProblems = useTranslations("problems");
  const locale = useLocale();
  const least = view.lines[0]?.tier.quantityMin ?? 1;
  const bounds = { least: formatCount(locale, least), most: formatCount(locale, LARGEST_ORDER) };
  const problem = "problem" in view.quoted ? problemText(tProblems, view.quoted.problem) : undefined;
  return (
    <LiveForm
      action={action}
      values={{ quantity: view.asked, to: view.country, list: view.list.priceList }}
      label={t("question")}
      className="flex flex-wrap items-start gap-x-6 print:hidden"
    >
      <Field
        id="quantity"
        label={t("quantity")}
        hint={problem === undefined ? t("quantityHint", bounds) : undefined}
        error={problem}
      >
        {(control) => (
          <TextInput
            {...control}
            name="quantity"
            width="amount"
            inputMode="numeric"
            autoComplete="off"
            required
            defaultValue={view.asked}
          />
        )}
      </Field>
      <Field id="to" label={t("country")}>
        {(control) => (
          <Select {...control} name="to" defaultValue={view.country} className="w-64">
            <Options options={view.countries.map(({ country, name }) => [country, name])} />
          </Select>
        )}
      </Field>
      {lists.length < 2 ? null : (
        <Field id="list" label={t("list")}>
          {(control) => (
            <Select {...control} name="list" defaultValue={view.list.priceList} className="min-w-36">
              {lists.map((list) => (
                <option key={list} value={list}>
                  {formatCountry(locale, list.toUpperCase())}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <noscript>
        <Button type="submit" variant="ghost" className="mt-7">
          {t("show")}
        </Button>
      </noscript>
    </LiveForm>
  );
}
