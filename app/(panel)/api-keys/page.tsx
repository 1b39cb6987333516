import type { Metadata } from "next";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { ApiHeader } from "@/components/credentials/api-header";
import { ApplicationTable, KeyTable } from "@/components/credentials/key-tables";
import { NewApplication } from "@/components/credentials/new-application";
import { NewKey } from "@/components/credentials/new-key";
import { NamespaceMessages } from "@/components/shell/messages";
import { Card } from "@/components/ui/card";
import { NeedsScript } from "@/components/ui/needs-script";
import { listApiKeys } from "@/lib/credentials/service";
import { formatDate, formatInstant } from "@/lib/format";
import { requireCustomerId } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import {
  createApplicationAction,
  createKeyAction,
  deleteApplicationAction,
  revokeKeyAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credentials");
  return { title: t("title") };
}

export default async function ApiKeysPage() {
  const context = await requirePanelContext();
  const listed = await listApiKeys(context, requireCustomerId(context.caller));
  if (!listed.ok) notFound();
  const [t, locale, timeZone] = await Promise.all([
    getTranslations("credentials"),
    getLocale(),
    getTimeZone(),
  ]);
  const day = (at: Date) => formatDate(locale, timeZone, at);
  return (
    <>
      <ApiHeader title={t("title")} description={t("lead")} />
      <NeedsScript />
      <NamespaceMessages parts={["credentials", "problems", "ui"]}>
        <Card title={t("keys.title")} action={<NewKey createAction={createKeyAction} />} className="mb-4">
          <KeyTable
            revokeAction={revokeKeyAction}
            keys={listed.value.credentials.map((key) => ({
              credentialId: key.credentialId.toString(),
              applicationName: key.applicationName,
              state: key.state,
              rules: key.rules,
              created: day(key.createdAt),
              expires: key.expiresAt === null ? null : day(key.expiresAt),
              lastUsed: key.lastUsedAt === null ? null : formatInstant(locale, timeZone, key.lastUsedAt),
            }))}
          />
        </Card>
        <Card
          title={t("applications.title")}
          action={<NewApplication createAction={createApplicationAction} />}
        >
          <p className="mb-3 text-ink-2">{t("applications.lead")}</p>
          <ApplicationTable
            deleteAction={deleteApplicationAction}
            applications={listed.value.applications.map((each) => ({
              ...each,
              created: day(each.createdAt),
            }))}
          />
        </Card>
      </NamespaceMessages>
    </>
  );
}
