import type { Metadata } from "next";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { AccountHeader } from "@/components/accounts/account-header";
import { optionsPath } from "@/components/accounts/paths";
import { ApiUserTable } from "@/components/credentials/api-user-table";
import { NewApiUser } from "@/components/credentials/new-api-user";
import { NamespaceMessages } from "@/components/shell/messages";
import { Card } from "@/components/ui/card";
import { NeedsScript } from "@/components/ui/needs-script";
import { listApiUsers } from "@/lib/credentials/user-service";
import { originOf } from "@/lib/env";
import { formatDate, formatInstant } from "@/lib/format";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";
import { serverSettings } from "@/lib/next/settings";
import { HTTP2SMS_PATH } from "@/lib/ovh/base-path";
import { createApiUserAction, deleteApiUserAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("credentials.users");
  return { title: t("title") };
}

export default async function ApiUsersPage({
  params,
}: PageProps<"/telecom/sms/[serviceName]/options/api-users">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const users = await listApiUsers(context, requireAccountKey(context.caller, serviceName));
  if (!users.ok) notFound();
  const [t, tOptions, locale, timeZone] = await Promise.all([
    getTranslations("credentials.users"),
    getTranslations("recharge"),
    getLocale(),
    getTimeZone(),
  ]);
  const address = `${originOf(serverSettings())}${HTTP2SMS_PATH}`;
  return (
    <>
      <AccountHeader
        serviceName={serviceName}
        title={t("title")}
        description={t("lead")}
        below={[{ text: tOptions("options"), href: optionsPath(serviceName) }, { text: t("title") }]}
      />
      <NeedsScript />
      <NamespaceMessages parts={["credentials", "problems", "ui"]}>
        <Card
          title={t("title")}
          action={<NewApiUser createAction={createApiUserAction.bind(null, serviceName)} />}
        >
          <ApiUserTable
            deleteAction={deleteApiUserAction.bind(null, serviceName)}
            users={users.value.map(({ login, createdAt, lastUsedAt }) => ({
              login,
              created: formatDate(locale, timeZone, createdAt),
              lastUsed: lastUsedAt === null ? null : formatInstant(locale, timeZone, lastUsedAt),
            }))}
          />
        </Card>
        <Card className="mt-4" title={t("addressTitle")}>
          <p className="mb-2 text-ink-2">{t("addressText")}</p>
          <code className="text-s break-all select-all">
            {`${address}?account=${serviceName}&login=…&password=…&from=…&to=0039…&message=…`}
          </code>
        </Card>
      </NamespaceMessages>
    </>
  );
}
