import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInForm } from "@/components/access/sign-in-form";
import { NamespaceMessages } from "@/components/shell/messages";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { safeReturnPath } from "@/lib/access/rules";
import { panelPerson } from "@/lib/next/context";
import { goTo } from "@/lib/next/visitor";
import { searchText } from "@/lib/search-parameters";
import { signInAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const asked = await searchParams;
  const returnPath = safeReturnPath(asked["return"]);
  if ((await panelPerson()) !== null) goTo(returnPath);
  const t = await getTranslations("access");
  return (
    <Card className="mx-auto max-w-104 sm:mt-10">
      <h1 className="text-xl font-bold tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("lead")}</p>
      {searchText(asked, "changed") === "password" ? (
        <Notice kind="good">{t("passwordChanged")}</Notice>
      ) : null}
      <NamespaceMessages parts={["access.passwords"]}>
        <SignInForm
          returnPath={returnPath}
          signInAction={signInAction}
          texts={{
            email: t("email"),
            password: t("password"),
            submit: t("submit"),
            failed: t("failed"),
          }}
        />
      </NamespaceMessages>
      <p className="mt-4">
        <TextLink href="/forgot-password">{t("forgotten")}</TextLink>
      </p>
    </Card>
  );
}
