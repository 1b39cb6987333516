import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { LiveForm } from "@/components/ui/live-form";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { FIRST_DAY, LAST_DAY } from "@/lib/day";
import type { DestinationsAddress } from "@/lib/destinations/address-rules";
import type { DestinationsView } from "@/lib/destinations/schema";
import { formatCount, formatCountry } from "@/lib/format";

export const SEARCH_FIELD = "q";

const DAYS = { min: FIRST_DAY, max: LAST_DAY } as const;

type Account = { readonly serviceName: string; readonly name: string };

/** The search, and below it what else decides the figures. Sent by its address: it works without JavaScript. */
export function DestinationSearch({
  address,
  view,
  accounts,
  account,
}: {
  address: DestinationsAddress;
  view: DestinationsView;
  /** Of who is signed in. */
  accounts: readonly Account[];
  account: string | null;
}) {
  const t = useTranslations("destinations");
  const locale = useLocale();
  const isPlain = address.date === null && address.against === null && address.list === null;
  const values = {
    q: address.query,
    sort: address.sort === "country" ? "" : address.sort,
    dir: address.direction === "desc" ? "desc" : "",
    pack: address.quantity.toString(),
    list: view.list.priceList,
    date: view.date,
    against: address.against ?? "",
    account: account ?? "",
  };
  return (
    <LiveForm action="/destinations" values={values} label={t("search")} className="print:hidden">
      {/* The order of the rows is kept by a search. */}
      {values.sort === "" ? null : <input type="hidden" name="sort" defaultValue={values.sort} />}
      {values.dir === "" ? null : <input type="hidden" name="dir" defaultValue={values.dir} />}
      <Field id={SEARCH_FIELD} label={t("search")} hint={t("searchHint")}>
        {(control) => (
          <TextInput
            {...control}
            type="search"
            name="q"
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            defaultValue={address.query}
            className="max-w-xl"
          />
        )}
      </Field>
      <Details summary={t("options")} open={!isPlain}>
        <div className="flex flex-wrap gap-x-6">
          <Field id="pack" label={t("pack")}>
            {(control) => (
              <Select {...control} name="pack" defaultValue={values.pack}>
                {packsOf(view, address.quantity).map((quantity) => (
                  <option key={quantity} value={quantity}>
                    {t("packOption", { count: formatCount(locale, quantity) })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {view.lists.length < 2 ? null : (
            <Field id="list" label={t("list")}>
              {(control) => (
                <Select {...control} name="list" defaultValue={values.list} className="min-w-36">
                  {view.lists.map((list) => (
                    <option key={list} value={list}>
                      {formatCountry(locale, list.toUpperCase())}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {accounts.length < 2 ? null : (
            <Field id="account" label={t("account")}>
              {(control) => (
                <Select {...control} name="account" defaultValue={values.account}>
                  {accounts.map(({ serviceName, name }) => (
                    <option key={serviceName} value={serviceName}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field id="date" label={t("date")}>
            {(control) => (
              <TextInput
                {...control}
                {...DAYS}
                type="date"
                name="date"
                width="date"
                defaultValue={values.date}
              />
            )}
          </Field>
          <Field id="against" label={t("against")}>
            {(control) => (
              <TextInput
                {...control}
                {...DAYS}
                type="date"
                name="against"
                width="date"
                defaultValue={values.against}
              />
            )}
          </Field>
        </div>
      </Details>
      <noscript>
        <Button type="submit" variant="ghost">
          {t("show")}
        </Button>
      </noscript>
    </LiveForm>
  );
}

/** Where each tier begins, and the quantity of the address if it is another. */
function packsOf(view: DestinationsView, chosen: number): number[] {
  const borders = view.tiers.map((tier) => tier.quantityMin);
  return [...new Set([...borders, chosen])].sort((a, b) => a - b);
}
