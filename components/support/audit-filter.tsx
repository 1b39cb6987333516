import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FilterForm } from "@/components/ui/filter-form";
import { Field } from "@/components/ui/field";
import { PeriodFields } from "@/components/ui/period-fields";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { PeriodProblem } from "@/lib/period";
import { type AuditAddress, auditQuery } from "./audit-address";

/** Whose accesses, to whom, and when. A plain GET form: the filter is the address. */
export function AuditFilter(props: {
  people: readonly { readonly userId: string; readonly name: string; readonly accesses: number }[];
  address: AuditAddress;
  problem: PeriodProblem | null;
  /** The last day that can be chosen. */
  today: string;
}) {
  const t = useTranslations("support.audit");
  const { address } = props;
  const query = auditQuery({ ...address, before: null });
  return (
    <FilterForm
      // Another filter is another form: a link to it would leave what was chosen in the fields of this one.
      key={query}
      action="/support/audit"
      className="flex flex-wrap items-end gap-x-4"
    >
      <Field id="audit-person" label={t("person")}>
        {(control) => (
          <Select {...control} name="person" defaultValue={address.person ?? ""}>
            <option value="">{t("everybody")}</option>
            {props.people.map(({ userId, name, accesses }) => (
              <option key={userId} value={userId}>
                {t("personOption", { name, accesses })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="audit-customer" label={t("customer")}>
        {(control) => (
          <TextInput {...control} name="customer" autoComplete="off" defaultValue={address.customer ?? ""} />
        )}
      </Field>
      <PeriodFields id="audit" period={address} problem={props.problem} today={props.today} />
      <div className="mb-4 flex flex-wrap items-center gap-4">
        <Button type="submit" variant="ghost">
          {t("show")}
        </Button>
        {query === "" ? null : (
          <ButtonLink href="/support/audit" variant="link" className="min-h-11">
            {t("reset")}
          </ButtonLink>
        )}
      </div>
    </FilterForm>
  );
}
