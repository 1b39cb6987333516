import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountHeader } from "@/components/accounts/account-header";
import { apiUsersPath, rulePath, transferPath } from "@/components/accounts/paths";
import { RULE_PILL } from "@/components/recharge/rule-view";
import { Card } from "@/components/ui/card";
import { Pill } from "@/components/ui/pill";
import { getAccount } from "@/lib/accounts/service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recharge");
  return { title: t("options") };
}

export default async function OptionsPage({ params }: PageProps<"/telecom/sms/[serviceName]/options">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const account = await getAccount(context, requireAccountKey(context.caller, serviceName));
  if (!account.ok) notFound();
  const { rule } = account.value;
  const [t, tTransfers, tUsers] = await Promise.all([
    getTranslations("recharge"),
    getTranslations("transfers"),
    getTranslations("credentials.users"),
  ]);
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("options")}
        description={t("optionsIntro")}
        below={[{ text: t("options") }]}
      />
      <Card
        className="relative max-w-160"
        title={
          <Link
            href={rulePath(serviceName)}
            className="text-l text-accent underline-offset-4 after:absolute after:inset-0 hover:underline"
          >
            {t("title")}
          </Link>
        }
        action={<Pill kind={RULE_PILL[rule]}>{t(`state.${rule}`)}</Pill>}
      >
        <p className="text-ink-2">{t("entryText")}</p>
      </Card>
      <Card
        className="relative mt-4 max-w-160"
        title={
          <Link
            href={transferPath(serviceName)}
            className="text-l text-accent underline-offset-4 after:absolute after:inset-0 hover:underline"
          >
            {tTransfers("title")}
          </Link>
        }
      >
        <p className="text-ink-2">{tTransfers("entryText")}</p>
      </Card>
      <Card
        className="relative mt-4 max-w-160"
        title={
          <Link
            href={apiUsersPath(serviceName)}
            className="text-l text-accent underline-offset-4 after:absolute after:inset-0 hover:underline"
          >
            {tUsers("title")}
          </Link>
        }
      >
        <p className="text-ink-2">{tUsers("lead")}</p>
      </Card>
    </>
  );
}
