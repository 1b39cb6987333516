"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PressButton } from "@/components/ui/press-button";
import type { Result } from "@/lib/failure";
import type { CorrectionDto } from "@/lib/staff/schema";
import { useRefusalText } from "./correction-refusal";

type Decision = "approve" | "reject";

/** The answers to a correction that waits. What one asked for oneself one may only take back. */
export function CorrectionDecision(props: {
  mayApprove: boolean;
  decideAction: (decision: Decision) => Promise<Result<CorrectionDto>>;
}) {
  const t = useTranslations("support.corrections");
  const refusalText = useRefusalText();
  const decide = useMutation({ networkMode: "always", mutationFn: props.decideAction });
  const answers: readonly Decision[] = props.mayApprove ? ["approve", "reject"] : ["reject"];
  const failure = decide.data?.ok === false ? decide.data.failure : null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {answers.map((decision) => (
        <PressButton
          key={decision}
          variant={decision === "approve" ? "primary" : "ghost"}
          pending={decide.isPending && decide.variables === decision}
          onClick={() => {
            if (!decide.isPending) decide.mutate(decision);
          }}
        >
          {t(props.mayApprove ? decision : "takeBack")}
        </PressButton>
      ))}
      {decide.data?.ok === true ? (
        <p role="status">{t(decide.data.value.state === "posted" ? "said.posted" : "said.rejected")}</p>
      ) : null}
      {decide.isError || failure !== null ? (
        <p role="alert" className="text-bad">
          {refusalText(failure)}
        </p>
      ) : null}
    </div>
  );
}
