"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import type { Result } from "@/lib/failure";
import type { PaymentMethodDto } from "@/lib/payments/schema";
import { CheckField } from "../ui/check";
import { FieldGroup } from "../ui/field";
import { Form } from "../ui/form";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { useIsTakenOver } from "../ui/use-is-taken-over";

export type CardOption = { token: string; label: string; description: string };
type Typed = { token: string | null };

/** The choice of the card that pays. */
export function PaymentMethodForm(props: {
  cards: readonly CardOption[];
  /** The token of the card in use, or null. */
  current: string | null;
  choosePaymentMethodAction: (input: Typed) => Promise<Result<PaymentMethodDto>>;
}) {
  const t = useTranslations("payments.method");
  const form = useForm<Typed>({ defaultValues: { token: props.current } });
  const isTakenOver = useIsTakenOver();
  const choose = useMutation({ networkMode: "always", mutationFn: props.choosePaymentMethodAction });
  const submit = form.handleSubmit((values) => {
    if (!choose.isPending) choose.mutate(values);
  });
  return (
    <Form onSubmit={submit}>
      <Answer result={choose.data} isLost={choose.isError} />
      <FieldGroup legend={t("legend")} isShut={!isTakenOver}>
        {props.cards.map((card) => (
          <CheckField
            key={card.token}
            type="radio"
            value={card.token}
            defaultChecked={card.token === props.current}
            {...form.register("token")}
            className="border-b border-line py-2 last:border-b-0"
            label={
              <>
                <span className="block font-semibold">{card.label}</span>
                <span className="block text-s text-ink-3">{card.description}</span>
              </>
            }
          />
        ))}
      </FieldGroup>
      <SubmitButton pending={choose.isPending}>{t("submit")}</SubmitButton>
    </Form>
  );
}

function Answer({ result, isLost }: { result: Result<PaymentMethodDto> | undefined; isLost: boolean }) {
  const t = useTranslations("payments.method");
  if (result?.ok === true) {
    return (
      <Notice kind="good" announce="status">
        {t("saved", { label: result.value.label })}
      </Notice>
    );
  }
  if (!isLost && result === undefined) return null;
  return (
    <Notice kind="bad" announce="alert">
      {isLost ? t("lost") : t(result?.failure.code === "not_authenticated" ? "signedOut" : "refused")}
    </Notice>
  );
}
