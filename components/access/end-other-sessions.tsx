"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Result } from "@/lib/failure";
import { Notice } from "../ui/notice";
import { PressButton } from "../ui/press-button";

/** Ends the sessions on other devices, and says how many they were. */
export function EndOtherSessions({
  endOthersAction,
}: {
  endOthersAction: () => Promise<Result<{ ended: number }>>;
}) {
  const t = useTranslations("access.account");
  const end = useMutation({ networkMode: "always", mutationFn: endOthersAction });
  const isFailed = end.isError || end.data?.ok === false;
  return (
    <>
      {end.data?.ok === true ? (
        <Notice kind="good" announce="status" className="mt-4 mb-0">
          {t("endedOthers", { count: end.data.value.ended })}
        </Notice>
      ) : null}
      {isFailed ? (
        <Notice kind="bad" announce="alert" className="mt-4 mb-0">
          {t("endFailed")}
        </Notice>
      ) : null}
      <PressButton
        variant="ghost"
        className="mt-4"
        pending={end.isPending}
        onClick={() => {
          end.mutate();
        }}
      >
        {t("endOthers")}
      </PressButton>
    </>
  );
}
