import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";

/** Whose looks, and at whom. A plain GET form: the filter is the address. */
export function AuditFilter(props: {
  people: readonly { readonly userId: string; readonly name: string; readonly looks: number }[];
  person: string | null;
  customer: string | null;
}) {
  const t = useTranslations("support.audit");
  return (
    <form
      autoComplete="off"
      method="get"
      action="/support/audit"
      className="flex flex-wrap items-end gap-x-4"
    >
      <Field id="audit-person" label={t("person")}>
        {(control) => (
          <Select {...control} name="person" defaultValue={props.person ?? ""}>
            <option value="">{t("everybody")}</option>
            {props.people.map(({ userId, name, looks }) => (
              <option key={userId} value={userId}>
                {t("personOption", { name, looks })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="audit-customer" label={t("customer")}>
        {(control) => (
          <TextInput {...control} name="customer" autoComplete="off" defaultValue={props.customer ?? ""} />
        )}
      </Field>
      <div className="mb-4">
        <Button type="submit" variant="ghost">
          {t("show")}
        </Button>
      </div>
    </form>
  );
}
