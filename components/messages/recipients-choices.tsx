"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegister } from "react-hook-form";
import { CheckField } from "@/components/ui/check";
import type { EstimateDto } from "@/lib/messages/schema";
import type { Content } from "./message-draft";

/** What nobody may decide for whoever sends: the plus that is missing, the landlines, what is not valid. */
export function RecipientsChoices({
  estimate,
  register,
}: {
  estimate: EstimateDto;
  register: UseFormRegister<Content>;
}) {
  const t = useTranslations("messages.send");
  const { plusMissing, landlines, invalidCount, recipients } = estimate;
  const example = estimate.invalid.find(({ reason }) => reason === "plus_missing");
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      {plusMissing === 0 ? null : (
        <CheckField
          {...register("addPlus")}
          label={t("addPlus", {
            count: plusMissing,
            example: example === undefined ? "none" : "shown",
            text: example?.text ?? "",
            number: example?.readings?.[0] ?? "",
          })}
        />
      )}
      {landlines === 0 ? null : (
        <CheckField {...register("takeLandlines")} label={t("takeLandlines", { count: landlines })} />
      )}
      {invalidCount === 0 || recipients === 0 ? null : (
        <CheckField {...register("skipInvalid")} label={t("skipInvalid", { count: invalidCount })} />
      )}
    </div>
  );
}
