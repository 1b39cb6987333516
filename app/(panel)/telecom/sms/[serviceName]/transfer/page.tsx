import type { Metadata } from "next";
import { notFound } from "next/navigation";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { historyPath, optionsPath } from "@/components/accounts/paths";
import { NamespaceMessages } from "@/components/shell/messages";
import { TransferForm } from "@/components/transfers/transfer-form";
import { NeedsScript } from "@/components/ui/needs-script";
import { Notice } from "@/components/ui/notice";
import { listAccounts } from "@/lib/accounts/service";
import { printCredits } from "@/lib/credits";
import { requireCustomerId } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { transferCreditsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("transfers");
  return { title: t("title") };
}

export default async function TransferPage({ params }: PageProps<"/telecom/sms/[serviceName]/transfer">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const accounts = await listAccounts(context, requireCustomerId(context.caller));
  const source = accounts.ok ? accounts.value.find((each) => each.serviceName === serviceName) : undefined;
  if (!accounts.ok || source === undefined) notFound();
  const targets = accounts.value
    .filter((each) => each !== source)
    .map(({ name, balance, ...each }) => ({
      serviceName: each.serviceName,
      name,
      balance: printCredits(balance),
    }));
  const [t, tOptions] = await Promise.all([getTranslations("transfers"), getTranslations("recharge")]);
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("title")}
        description={t("lead")}
        below={[{ text: tOptions("options"), href: optionsPath(serviceName) }, { text: t("title") }]}
      />
      <NeedsScript />
      {targets.length === 0 ? (
        <Notice>{t("none")}</Notice>
      ) : (
        <NamespaceMessages parts={["transfers", "problems"]}>
          <TransferForm
            source={{
              serviceName,
              balance: printCredits(source.balance),
              threshold:
                source.rule === "on" && source.threshold !== null && !source.isRecharging
                  ? printCredits(source.threshold)
                  : null,
            }}
            targets={targets}
            historyHref={historyPath(serviceName)}
            transferAction={transferCreditsAction.bind(null, serviceName)}
          />
        </NamespaceMessages>
      )}
      <p key="api" className="mt-4 text-s text-ink-2">
        {t.rich("api", {
          link: (chunks) => (
            <Link href="/console" className="text-accent underline underline-offset-4">
              {chunks}
            </Link>
          ),
        })}
      </p>
    </>
  );
}
