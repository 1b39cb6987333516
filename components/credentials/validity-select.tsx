"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

const CHOICES = ["1", "30", "365", "none"] as const;

/** Days of a choice; null has no end. */
export const readValidity = (choice: string): number | null => (choice === "none" ? null : Number(choice));

/** For how long a key works. */
export function ValiditySelect({
  id,
  label,
  ...select
}: { id: string; label: string } & ComponentProps<typeof Select>) {
  const t = useTranslations("credentials.validity");
  return (
    <Field id={id} label={label}>
      {(control) => (
        <Select {...control} {...select}>
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t(choice)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
