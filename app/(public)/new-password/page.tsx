import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewPasswordForm } from "@/components/access/new-password-form";
import { NamespaceMessages } from "@/components/shell/messages";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { searchText } from "@/lib/search-parameters";
import { newPasswordAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.newPassword");
  return { title: t("title"), referrer: "no-referrer" };
}

/** Where the link of a mail leads. Looking uses nothing up: scanners of mail follow links too. */
export default async function NewPasswordPage({ searchParams }: PageProps<"/new-password">) {
  const token = searchText(await searchParams, "token");
  const t = await getTranslations("access.newPassword");
  return (
    <Card className="mx-auto max-w-104 sm:mt-10">
      <h1 className="text-xl font-bold tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("lead")}</p>
      <NamespaceMessages parts={["access.passwords"]}>
        <NewPasswordForm
          token={token}
          newPasswordAction={newPasswordAction}
          texts={{ password: t("password"), hint: t("hint"), submit: t("submit") }}
        />
      </NamespaceMessages>
      <p className="mt-4">
        <TextLink href="/forgot-password">{t("another")}</TextLink>
      </p>
    </Card>
  );
}
