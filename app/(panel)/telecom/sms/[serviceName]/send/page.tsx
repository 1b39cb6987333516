import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { historyPath } from "@/components/accounts/paths";
import { SandboxNumbers } from "@/components/messages/sandbox-numbers";
import { SendForm } from "@/components/messages/send-form";
import { NamespaceMessages } from "@/components/shell/messages";
import { NeedsScript } from "@/components/ui/needs-script";
import { Notice } from "@/components/ui/notice";
import { getAccount } from "@/lib/accounts/service";
import { SANDBOX_ENDINGS } from "@/lib/carrier/sandbox-carrier/rules";
import { requireAccountKey } from "@/lib/next/account";
import { panelPerson, requirePanelContext } from "@/lib/next/context";
import { sendMessageAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("messages");
  return { title: t("send.title") };
}

export default async function SendPage({ params }: PageProps<"/telecom/sms/[serviceName]/send">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const account = await getAccount(context, requireAccountKey(context.caller, serviceName));
  if (!account.ok) notFound();
  const { status, version } = account.value;
  const [person, t, tAccounts, tEndings] = await Promise.all([
    panelPerson(),
    getTranslations("messages"),
    getTranslations("accounts"),
    getTranslations("delivery.sandbox.endings"),
  ]);
  return (
    <>
      <AccountHeader serviceName={serviceName} title={t("send.title")} below={[{ text: t("send.title") }]} />
      {status === "disable" ? <Notice kind="warn">{tAccounts("overview.disabled")}</Notice> : null}
      <NeedsScript />
      <NamespaceMessages parts={["messages", "problems"]}>
        <SendForm
          sendAction={sendMessageAction.bind(null, serviceName)}
          estimateUrl={`/telecom/sms/${serviceName}/send/estimate`}
          serviceName={serviceName}
          draftName={`message:${person?.userId ?? ""}:${serviceName}`}
          historyHref={historyPath(serviceName)}
          stamp={version.toString()}
        />
      </NamespaceMessages>
      <SandboxNumbers
        endings={SANDBOX_ENDINGS.map(({ ending, behaviour }) => ({ ending, text: tEndings(behaviour) }))}
      />
    </>
  );
}
