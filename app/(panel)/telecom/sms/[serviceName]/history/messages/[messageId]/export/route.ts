import { getTranslations } from "next-intl/server";
import { csvFile } from "@/lib/csv";
import { getOutgoing } from "@/lib/messages/outgoing-service";
import { ownAccountKey } from "@/lib/next/account";
import { requireContextOfFile } from "@/lib/next/context";

/** The recipients of a message with what became of it for each, as a file. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/telecom/sms/[serviceName]/history/messages/[messageId]/export">,
): Promise<Response> {
  const context = await requireContextOfFile();
  const { serviceName, messageId } = await params;
  const key = ownAccountKey(context.caller, serviceName);
  const message = key === null ? null : await getOutgoing(context, key, messageId);
  if (message === null || !message.ok) return new Response(null, { status: 404 });

  const t = await getTranslations("delivery");
  const header = (["number", "country", "credits", "outcome", "reason", "when"] as const).map((name) => ({
    text: t(`csv.${name}`),
  }));
  const parts = (async function* () {
    yield await Promise.resolve(message.value.to);
  })();
  return csvFile(`${t("csv.fileName")}-${serviceName}-${messageId}`, header, parts, (recipient) => [
    // Not as text, which a leading plus would make spreadsheets be kept from reading.
    { amount: recipient.number },
    { text: recipient.country },
    { amount: recipient.credits },
    { text: t(recipient.receipt?.outcome ?? "underWay") },
    { text: recipient.receipt?.code ?? "" },
    { text: recipient.receipt?.receivedAt ?? "" },
  ]);
}
