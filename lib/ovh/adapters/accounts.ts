import type { AccountDetail, AccountKey } from "@/lib/accounts/rules";
import { getAccount, listAccounts, renameAccount, setAccountStatus } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { printCredits, type Credits } from "@/lib/credits";
import type { Result } from "@/lib/failure";
import { saveRule } from "@/lib/recharge/service";
import { transferCredits } from "@/lib/transfers/service";
import type { z } from "zod";
import { CALLS } from "../calls/table";
import { routeAdapter, answerOf, type Outcome } from "../route-adapter";
import { invalidArgument, REFUSALS, type ApiProblem } from "../errors";
import { parseQuantityOnOffer } from "@/lib/recharge/rules";
import type { SmsAccountChange } from "../wire/account";
import { creditsFromWire, creditsToWire } from "../wire/amounts";

export const listServices = routeAdapter(CALLS.listServices, async (_given, { context, customerId }) => {
  const accounts = answerOf(await listAccounts(context, customerId));
  return accounts.ok ? { ok: true, value: accounts.value.map(({ serviceName }) => serviceName) } : accounts;
});

export const readAccountAdapter = routeAdapter(
  CALLS.getAccount,
  async ({ path }, { context, customerId }) => {
    const account = answerOf(await getAccount(context, { customerId, serviceName: path.serviceName }));
    if (!account.ok) return account;
    const { serviceName, name, status, balance, quantity, threshold } = account.value;
    return {
      ok: true,
      value: {
        name: serviceName,
        description: name,
        status,
        creditsLeft: creditsToWire(balance),
        creditsHoldByQuota: 0,
        automaticRecreditAmount: parseQuantityOnOffer(quantity),
        creditThresholdForAutomaticRecredit: threshold === null ? null : creditsToWire(threshold),
      },
    };
  },
);

const WIRE_NAMES = {
  name: "description",
  threshold: "creditThresholdForAutomaticRecredit",
  quantity: "automaticRecreditAmount",
  credits: "credits",
  target: "smsAccountTarget",
} as const;

type Change = z.output<typeof SmsAccountChange>;

export const changeAccountAdapter = routeAdapter(
  CALLS.changeAccount,
  async ({ path, body }, { context, customerId }) => {
    const key = { customerId, serviceName: path.serviceName };
    if (Object.values(body).every((value) => value === undefined)) {
      const takes = CALLS.changeAccount.emptyBodyHelp ?? "at least one field";
      return { ok: false, problem: invalidArgument("body", takes) };
    }
    // What the body leaves out stays as it was read. Whoever saves the rule meanwhile is not overwritten: it is read again.
    for (;;) {
      const outcome = await allOrNothing(context, (inside) => change(inside, key, body));
      if (outcome !== OVERTAKEN) return outcome;
    }
  },
);

/** The rule has become another since it was read. Never answered. */
const OVERTAKEN = { ok: false, problem: REFUSALS.unexpected } as const;

async function change(context: Context, key: AccountKey, body: Change): Promise<Outcome<null>> {
  const account = answerOf(await getAccount(context, key));
  if (!account.ok) return account;
  if (body.name !== undefined && body.name !== key.serviceName) {
    return { ok: false, problem: invalidArgument("name", "it cannot be changed; description can") };
  }
  for (const step of stepsOf(context, key, body, account.value)) {
    const done = step.problem ?? (await step.run());
    if ("errorCode" in done) return { ok: false, problem: done };
    if (!done.ok && done.failure.code === "conflict") return OVERTAKEN;
    const outcome = answerOf(done, WIRE_NAMES);
    if (!outcome.ok) return outcome;
  }
  return { ok: true, value: null };
}

type Step =
  | { readonly problem: ApiProblem }
  | { readonly problem?: undefined; readonly run: () => Promise<Result<unknown>> };

function stepsOf(context: Context, key: AccountKey, body: Change, account: AccountDetail): Step[] {
  const steps: Step[] = [];
  const { description, status } = body;
  if (description !== undefined && description !== account.name) {
    steps.push({ run: () => renameAccount(context, key, { name: description }) });
  }
  if (status !== undefined && status !== account.status) {
    steps.push({ run: () => setAccountStatus(context, key, status) });
  }
  const rule = ruleOf(body, account);
  if (rule !== null) {
    steps.push("errorCode" in rule ? { problem: rule } : { run: () => saveRule(context, key, rule) });
  }
  return steps;
}

/** The rule that a change asks for, whole, as the verb takes it, in the place of the one read; null if it asks for none. */
function ruleOf(
  { automaticRecreditAmount: amount, creditThresholdForAutomaticRecredit: threshold }: Change,
  account: AccountDetail,
): { threshold: string; quantity: string; version: number } | ApiProblem | null {
  if (amount === undefined && (threshold === undefined || threshold === null)) return null;
  const version = account.ruleVersion;
  if (amount === null || amount === 0) return { threshold: "", quantity: "off", version };
  const quantity = amount ?? account.quantity;
  if (quantity === null) {
    return invalidArgument("automaticRecreditAmount", "it is off: an amount is needed to turn it on");
  }
  const level: Credits | null =
    threshold === undefined || threshold === null ? account.threshold : creditsFromWire(threshold);
  if (level === null) {
    return invalidArgument("creditThresholdForAutomaticRecredit", "needed to turn the recharge on");
  }
  return { threshold: printCredits(level), quantity: quantity.toString(), version };
}

/** A change of several things is one transaction: what is refused leaves none of it behind. */
async function allOrNothing<Value>(
  context: Context,
  work: (inside: Context) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const refused = new Error("refused");
  let outcome: Outcome<Value> | undefined;
  try {
    await context.db.transaction(async (tx) => {
      outcome = await work({ ...context, db: tx });
      if (!outcome.ok) throw refused;
    });
  } catch (error) {
    if (error !== refused) throw error;
  }
  if (outcome === undefined) throw new Error("a transaction without an outcome");
  return outcome;
}

export const transfer = routeAdapter(
  CALLS.transferCredits,
  async ({ path, body }, { context, customerId, idempotencyKey }) => {
    const amount = creditsFromWire(body.credits);
    const input = {
      credits: amount === null ? "" : printCredits(amount),
      target: body.smsAccountTarget,
      idempotencyKey,
    };
    const from = { customerId, serviceName: path.serviceName };
    const done = answerOf(await transferCredits(context, from, input), WIRE_NAMES);
    return done.ok ? { ok: true, value: null } : done;
  },
);
