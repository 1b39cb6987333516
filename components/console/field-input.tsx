"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { TextInput } from "@/components/ui/text-input";
import type { ConsoleField } from "@/lib/console/rules";
import { NULL, type FieldError } from "./request";

export type ServiceChoice = { readonly serviceName: string; readonly text: string };

type FieldInputProps = {
  field: ConsoleField;
  help: string;
  services: readonly ServiceChoice[];
  value: string;
  error: FieldError | undefined;
  onChange: (value: string) => void;
};

const WIDE: ReadonlySet<ConsoleField["kind"]> = new Set(["long_text", "list", "json"]);

/** One field of a call, under the name that the wire gives it. */
export function FieldInput({ field, help, services, value, error, onChange }: FieldInputProps) {
  const t = useTranslations("console");
  const { kind, example } = field;
  const more =
    kind === "list" ? ` ${t("listHint")}` : kind === "json" ? ` ${t("jsonHint", { example })}` : "";
  return (
    <Field
      id={`field-${field.name}`}
      className={WIDE.has(field.kind) ? "sm:col-span-2" : ""}
      label={
        <>
          <code className="wrap-anywhere">{field.name}</code>
          <span className="ml-2 text-s font-normal text-ink-3">
            {field.isRequired ? t("required") : t("optional")}
          </span>
        </>
      }
      hint={`${help}${more}`}
      error={error === undefined ? undefined : t(error)}
    >
      {(control) => {
        const props = {
          ...control,
          name: field.name,
          value,
          onChange: (event: { target: { value: string } }) => {
            onChange(event.target.value);
          },
        };
        switch (field.kind) {
          case "service":
            return (
              <Select {...props} className="w-full">
                <option value="">{t("chooseService")}</option>
                {services.map(({ serviceName, text }) => (
                  <option key={serviceName} value={serviceName}>
                    {text}
                  </option>
                ))}
              </Select>
            );
          case "choice":
          case "boolean":
            return <Choices {...props} field={field} />;
          case "long_text":
          case "list":
          case "json":
            return <Textarea {...props} rows={3} spellCheck={false} />;
          case "number":
            return <TextInput {...props} width="amount" inputMode="decimal" autoComplete="off" />;
          case "text":
            return <TextInput {...props} autoComplete="off" spellCheck={false} />;
        }
      }}
    </Field>
  );
}

function Choices({ field, ...select }: { field: ConsoleField } & Parameters<typeof Select>[0]) {
  const t = useTranslations("console");
  const choices = field.kind === "boolean" ? ["true", "false"] : field.choices;
  return (
    <Select {...select}>
      <option value="">{t("notSent")}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
      {field.isNullable ? <option value={NULL}>{t("sendNull")}</option> : null}
    </Select>
  );
}
