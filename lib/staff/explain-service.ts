import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import type { Result } from "@/lib/failure";
import { type Asked, type Explained, explainMoment } from "@/lib/explain/service";
import { look } from "./look-service";

/**
 * As `explainMoment`, for a member of staff: the look is recorded first, and whoever cannot be recorded sees nothing.
 * `from` is the network address, as the door vouches for it.
 */
export async function explainToStaff(
  context: Context,
  key: AccountKey,
  asked: Asked,
  { from, ticket }: { readonly from: string; readonly ticket?: string },
): Promise<Result<Explained>> {
  const recorded = await look(context, {
    ...{ customerId: key.customerId, serviceName: key.serviceName, what: "explanation", from },
    ...(ticket !== undefined && { ticket }),
  });
  return recorded.ok ? explainMoment(context, key, asked) : recorded;
}
