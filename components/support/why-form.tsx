import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { FilterForm } from "@/components/ui/filter-form";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { FIRST_DAY, LAST_DAY } from "@/lib/day";
import type { StaffAddress } from "./paths";

/** The instant that is asked about. A plain GET form: the question is the address. */
export function WhyForm(props: {
  path: Route;
  address: StaffAddress;
  /** By the customer's clocks: "2026-11-22T09:14". */
  minute: string;
  timeZone: string;
  /** What could not be read. */
  typed: string | null;
}) {
  const t = useTranslations("explain.page");
  const { path, address, minute, timeZone, typed } = props;
  return (
    <FilterForm action={path} className="flex flex-wrap items-end gap-x-4">
      <input type="hidden" name="customer" value={address.customerId} />
      {address.ticket === undefined ? null : <input type="hidden" name="ticket" value={address.ticket} />}
      <Field
        id="why-at"
        label={t("at")}
        hint={t("atHint", { zone: timeZone })}
        error={typed === null ? undefined : t("badAt", { example: minute })}
      >
        {(control) => (
          <TextInput
            {...control}
            key={minute}
            type="datetime-local"
            name="at"
            width="medium"
            min={`${FIRST_DAY}T00:00`}
            max={`${LAST_DAY}T23:59`}
            required
            defaultValue={minute}
          />
        )}
      </Field>
      <div className="mb-4 sm:mb-10">
        <Button type="submit" variant="ghost">
          {t("show")}
        </Button>
      </div>
    </FilterForm>
  );
}
