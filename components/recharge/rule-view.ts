/** The rule as a page draws it. Amounts are printed credits; off has neither threshold nor quantity. */
export type RuleView =
  | { readonly state: "off"; readonly version: number }
  | {
      readonly state: "on" | "suspended";
      readonly threshold: string;
      readonly quantity: number;
      readonly version: number;
    };

/** Why a rule is suspended, as far as the page has words of its own for it. */
export type SuspensionReason = "payment_declined" | "declined_for_good" | "needs_authentication" | "other";
