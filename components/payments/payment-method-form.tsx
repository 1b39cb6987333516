"use client";

import { useActionState } from "react";
import { CheckField } from "../ui/check";
import { FieldGroup } from "../ui/field";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";

export type CardOption = { token: string; label: string; description: string };

/** What the server answered, in the reader's language. */
export type PaymentMethodState = { readonly kind: "good" | "bad"; readonly text: string } | null;

/** The choice of the card that pays. Sent as a plain form when there is no JavaScript. */
export function PaymentMethodForm({
  cards,
  current,
  texts,
  choosePaymentMethodAction,
}: {
  cards: readonly CardOption[];
  /** The token of the card in use, or null. */
  current: string | null;
  texts: { legend: string; submit: string };
  choosePaymentMethodAction: (before: PaymentMethodState, form: FormData) => Promise<PaymentMethodState>;
}) {
  const [state, send] = useActionState(choosePaymentMethodAction, null);
  return (
    <form action={send}>
      {state === null ? null : (
        <Notice kind={state.kind} announce={state.kind === "bad" ? "alert" : "status"}>
          {state.text}
        </Notice>
      )}
      <FieldGroup legend={texts.legend}>
        {cards.map((card) => (
          <CheckField
            key={card.token}
            type="radio"
            name="token"
            value={card.token}
            defaultChecked={card.token === current}
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
      <SubmitButton>{texts.submit}</SubmitButton>
    </form>
  );
}
