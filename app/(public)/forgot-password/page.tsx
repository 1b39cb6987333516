import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ForgotPasswordForm } from "@/components/access/forgot-password-form";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { serverSettings } from "@/lib/next/settings";
import { forgotPasswordAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.forgot");
  return { title: t("title") };
}

export default async function ForgotPasswordPage() {
  const [t, tAccess] = await Promise.all([getTranslations("access.forgot"), getTranslations("access")]);
  return (
    <Card className="mx-auto max-w-104 sm:mt-10">
      <h1 className="text-xl font-bold tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("lead")}</p>
      <ForgotPasswordForm
        forgotPasswordAction={forgotPasswordAction}
        texts={{ email: tAccess("email"), submit: t("submit") }}
      />
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <TextLink href="/sign-in">{t("back")}</TextLink>
        {serverSettings().mail === null ? <TextLink href="/outbox">{t("outbox")}</TextLink> : null}
      </p>
    </Card>
  );
}
