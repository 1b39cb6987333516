"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { PressButton } from "@/components/ui/press-button";
import { DialogActions } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Result } from "@/lib/failure";
import { readValidity, ValiditySelect } from "./validity-select";

type Decision = { decision: "refuse" } | { decision: "allow"; validityDays: number | null };
type Decided = { redirection: string | null; state: "validated" | "refused" };

/** The customer's choice, and where the browser goes afterwards. */
export function DecisionForm(props: {
  name: string;
  redirectionHost: string | null;
  decideAction: (decision: Decision) => Promise<Result<Decided>>;
}) {
  const { name, redirectionHost, decideAction } = props;
  const t = useTranslations("credentials.validate");
  const tFailed = useTranslations("credentials");
  const form = useForm<{ validity: string }>();
  const decide = useMutation({
    networkMode: "always",
    mutationFn: decideAction,
    onSuccess: (result) => {
      // Checked when the request was made: https, or the reader's own machine.
      if (result.ok && result.value.redirection !== null) window.location.assign(result.value.redirection);
    },
  });
  if (decide.data?.ok === true) {
    const { state, redirection } = decide.data.value;
    return (
      <Notice
        key={state}
        kind={state === "validated" ? "good" : "info"}
        announce="status"
        title={state === "validated" ? t("allowed") : t("refused")}
      >
        {redirection !== null && redirectionHost !== null
          ? t("going", { host: redirectionHost })
          : state === "refused"
            ? t("refusedText", { name })
            : t.rich("allowedText", {
                name,
                link: (chunks) => (
                  <Link href="/api-keys" className="text-accent underline">
                    {chunks}
                  </Link>
                ),
              })}
      </Notice>
    );
  }
  const allow = form.handleSubmit(({ validity }) => {
    if (!decide.isPending) decide.mutate({ decision: "allow", validityDays: readValidity(validity) });
  });
  return (
    <Form onSubmit={allow}>
      {decide.data?.ok === false ? (
        <Notice kind="bad" announce="alert" title={t("over")}>
          {t("overText")}
        </Notice>
      ) : null}
      {decide.isError ? (
        <Notice kind="bad" announce="alert" title={tFailed("failed")}>
          {tFailed("failedText")}
        </Notice>
      ) : null}
      <ValiditySelect id="validity" label={t("validity")} defaultValue="30" {...form.register("validity")} />
      {redirectionHost === null ? null : (
        <p className="text-ink-2">{t("redirection", { host: redirectionHost })}</p>
      )}
      <DialogActions>
        <PressButton
          variant="ghost"
          pending={decide.isPending && decide.variables.decision === "refuse"}
          onClick={() => {
            if (!decide.isPending) decide.mutate({ decision: "refuse" });
          }}
        >
          {t("refuse")}
        </PressButton>
        <SubmitButton pending={decide.isPending && decide.variables.decision === "allow"}>
          {t("allow")}
        </SubmitButton>
      </DialogActions>
    </Form>
  );
}
