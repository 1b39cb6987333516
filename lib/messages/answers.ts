import type { AccountDetail } from "@/lib/accounts/rules";
import { type Credits, printCredits, subtractCredits } from "@/lib/credits";
import type { FieldProblem } from "@/lib/failure";
import { messagesFor } from "@/lib/rates/rules";
import { creditsToBuy } from "@/lib/recharge/rules";
import { MAX_PARTS, type MessageParts } from "./parts";
import { phoneTableDto } from "./phone-table-dto";
import type { Recipients } from "./recipients";
import type { Message, MessageCost } from "./rules";
import type { EstimateDto, SentDto } from "./schema";

/** What is answered to a send, the first time and again. `balance` is what was left afterwards. */
export function sentDto(
  message: Message,
  balance: Credits,
  recipients: Recipients,
  isRepeat: boolean,
): SentDto {
  return {
    messageId: message.messageId,
    encoding: message.encoding,
    characters: message.characters,
    parts: message.partsEach,
    recipients: message.recipientCount,
    repeated: recipients.repeated,
    invalid: recipients.invalid,
    credits: printCredits(message.credits),
    balance: printCredits(balance),
    isRepeat,
  };
}

/** So many invalid recipients are named while a message is being written. */
const MAX_INVALID_SHOWN = 100;

/** What is answered while a message is being written. */
export function estimateDto(
  account: AccountDetail,
  parts: MessageParts,
  recipients: Recipients,
  cost: MessageCost,
  problems: Readonly<Record<string, FieldProblem>>,
): EstimateDto {
  const left = subtractCredits(account.balance, cost.total);
  return {
    encoding: parts.encoding,
    characters: parts.characters,
    septetsOrUnits: parts.septetsOrUnits,
    parts: parts.parts,
    mostParts: MAX_PARTS,
    charactersLeft: parts.charactersLeft,
    offending: parts.offending,
    recipients: recipients.valid.length,
    repeated: recipients.repeated,
    invalid: recipients.invalid.slice(0, MAX_INVALID_SHOWN),
    invalidCount: recipients.invalid.length,
    landlines: recipients.landlines,
    plusMissing: recipients.plusMissing,
    table: recipients.table === null ? null : phoneTableDto(recipients.table),
    destinations: cost.destinations.map((destination) => ({
      country: destination.country,
      recipients: destination.recipients,
      rate: printCredits(destination.rate.credits),
      cost: printCredits(destination.cost),
      capacity: messagesFor(account.balance, destination.rate, Math.max(parts.parts, 1)).toString(),
    })),
    notServed: cost.notServed,
    total: printCredits(cost.total),
    balance: printCredits(account.balance),
    left: printCredits(left),
    isCovered: left >= 0n,
    rechargeCredits: cost.total > 0n && left >= 0n ? rechargeAt(account, left) : null,
    problems,
  };
}

/** What the account's rule buys once the balance is this, or null. */
function rechargeAt(account: AccountDetail, balance: Credits): number | null {
  const { rule, threshold, quantity, isRecharging } = account;
  if (rule !== "on" || threshold === null || quantity === null || isRecharging) return null;
  const credits = creditsToBuy(balance, threshold, quantity);
  return credits === 0 ? null : credits;
}
