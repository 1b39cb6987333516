"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useForm, useWatch } from "react-hook-form";
import { PressButton } from "@/components/ui/press-button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { Failure, FieldProblem, Result } from "@/lib/failure";
import { formatCents, formatCount, formatUnitPrice, localAmount, parseLocalAmount } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import { parseThreshold } from "@/lib/recharge/rules";
import type { RuleDto } from "@/lib/recharge/schema";
import { BoundaryExamples } from "./boundary-examples";
import type { PriceListDto } from "@/lib/orders/schema";
import { priceOfQuantity } from "./prices";
import { RuleEffect } from "./rule-effect";
import { type RuleView, ruleView } from "./rule-view";

/** As the verb reads it: the threshold in machine form, or as typed where that is no amount; "off" or a quantity. */
export type RuleInput = { threshold: string; quantity: string };
/** `version` is of the rule that the reader sees: one that he has not seen is not written over. */
export type SaveRule = (input: RuleInput & { version: number }) => Promise<Result<RuleDto>>;

const OFF = "off";
/** The threshold of the examples while none is typed. */
const EXAMPLE_THRESHOLD = "100";
const FIELDS = ["threshold", "quantity"] as const;
const bold = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

type RuleFormProps = {
  rule: RuleView;
  balance: string;
  isRecharging: boolean;
  isSuspended: boolean;
  prices: PriceListDto;
  quantities: readonly number[];
  /** Of the saves of this account, which are known by it. */
  savingKey: readonly string[];
  saveAction: SaveRule;
  onSaved: (rule: RuleView) => void;
  onCancel: () => void;
};

/** Threshold and quantity, with what they cost and what they do at once. It keeps what was typed whatever happens. */
export function RuleForm({ rule, savingKey, saveAction, onSaved, onCancel, ...shown }: RuleFormProps) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const tProblems = useTranslations("problems");
  const form = useForm<RuleInput>({
    defaultValues: {
      threshold: rule.state === "off" ? "" : localAmount(locale, rule.threshold),
      quantity: rule.state === "off" ? OFF : rule.quantity.toString(),
    },
  });
  const client = useQueryClient();
  const save = useMutation({
    mutationKey: savingKey,
    // A browser that is offline shall say so at once, not wait in silence.
    networkMode: "always",
    mutationFn: saveAction,
    onSuccess: (result) => {
      if (result.ok) {
        onSaved(ruleView(result.value));
        return;
      }
      if (result.failure.code !== "invalid_input") return;
      const wrong = FIELDS.filter((field) => problemAt(result.failure, field) !== undefined);
      wrong.forEach((field, position) => {
        const problem = problemAt(result.failure, field);
        if (problem === undefined) return;
        form.setError(field, { message: problemText(tProblems, problem) }, { shouldFocus: position === 0 });
      });
    },
  });

  const typed = useWatch({ control: form.control });
  const isOff = typed.quantity === OFF;
  const amount = parseLocalAmount(locale, typed.threshold ?? "");
  const threshold = amount.ok && parseThreshold(amount.machine).ok ? amount.machine : null;
  const quantity = isOff ? null : Number(typed.quantity);

  const submit = form.handleSubmit((values) => {
    // Asked of the client: two presses in one moment both see a form that was drawn before either.
    if (client.isMutating({ mutationKey: savingKey }) > 0) return;
    const read = parseLocalAmount(locale, values.threshold);
    save.mutate({
      ...values,
      threshold: read.ok ? read.machine : values.threshold,
      version: rule.version,
    });
  });
  const checkThreshold = (text: string, values: RuleInput) => {
    if (values.quantity === OFF) return true;
    const local = parseLocalAmount(locale, text);
    if (!local.ok) return problemText(tProblems, local);
    const read = parseThreshold(local.machine);
    return read.ok || problemText(tProblems, read.problem);
  };

  return (
    <Form onSubmit={submit}>
      <SaveProblem failure={save.data?.ok === false ? save.data.failure : null} error={save.error} />
      <Field
        id="rule-threshold"
        label={t("threshold")}
        beside={t("creditsUnit")}
        hint={t("form.thresholdHint", { example: localAmount(locale, "0.7") })}
        error={form.formState.errors.threshold?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register("threshold", { validate: checkThreshold, deps: ["quantity"] })}
            width="amount"
            inputMode="decimal"
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        id="rule-quantity"
        label={t("quantity")}
        beside={<QuantityPrice prices={shown.prices} quantity={quantity} />}
        error={form.formState.errors.quantity?.message}
      >
        {(control) => (
          <Select {...control} {...form.register("quantity", { deps: ["threshold"] })}>
            <option value={OFF}>{t("doNotRecharge")}</option>
            {shown.quantities.map((each) => (
              <option key={each} value={each}>
                {t("form.quantityOption", { quantity: formatCount(locale, each) })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {isOff ? null : (
        <div className="mb-4">
          <BoundaryExamples
            threshold={threshold ?? (rule.state === "off" ? EXAMPLE_THRESHOLD : rule.threshold)}
          />
        </div>
      )}
      <p
        aria-live="polite"
        aria-atomic="true"
        className="rounded-r-s border-l-3 border-accent bg-accent-soft px-4 py-3"
      >
        <RuleEffect {...shown} threshold={threshold} quantity={quantity} />
      </p>
      <DialogActions>
        <PressButton variant="ghost" onClick={onCancel}>
          {t("cancel")}
        </PressButton>
        <SubmitButton pending={save.isPending}>{t("confirm")}</SubmitButton>
      </DialogActions>
    </Form>
  );
}

function QuantityPrice({ prices, quantity }: { prices: PriceListDto; quantity: number | null }) {
  const t = useTranslations("recharge.form");
  const locale = useLocale();
  const price = quantity === null ? null : priceOfQuantity(prices, quantity);
  if (price === null) return null;
  return (
    <span key={price.netCents}>
      {t.rich("priceWithoutVat", {
        price: formatCents(locale, price.netCents, prices.currency),
        unitPrice: formatUnitPrice(locale, price.unitPriceMicros, prices.currency),
        b: bold,
      })}
    </span>
  );
}

/** What went wrong with the whole form; problems of a field stand at the field, and are only pointed to here. */
function SaveProblem({ failure, error }: { failure: Failure | null; error: Error | null }) {
  const t = useTranslations("recharge.problems");
  if (failure === null && error === null) return null;
  return (
    <Notice kind="bad" announce="alert">
      {failure === null ? (error instanceof TypeError ? t("network") : t("server")) : textOf(failure)}
    </Notice>
  );

  function textOf(refused: Failure): string {
    switch (refused.code) {
      case "not_authenticated":
        return t("signedOut");
      case "not_allowed":
        return t("notAllowed");
      case "not_found":
        return t("notFound");
      case "invalid_input":
        return t("invalid");
      case "too_many_requests":
        return t("tooMany", { seconds: refused.retryAfterSeconds });
      case "conflict":
        return t("changedUnseen");
      case "insufficient_credits":
      case "not_served":
      case "payment_declined":
        return t("server");
    }
  }
}

function problemAt(failure: Failure, field: string): FieldProblem | undefined {
  return failure.code === "invalid_input" ? failure.fields[field] : undefined;
}
