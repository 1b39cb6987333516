import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInForm } from "@/components/access/sign-in-form";
import { Card } from "@/components/ui/card";
import { safeReturnPath } from "@/lib/access/rules";
import { panelPerson } from "@/lib/next/context";
import { goTo } from "@/lib/next/visitor";
import { signInAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const returnPath = safeReturnPath((await searchParams)["return"]);
  if ((await panelPerson()) !== null) goTo(returnPath);
  const t = await getTranslations("access");
  return (
    <Card className="mx-auto max-w-104 sm:mt-10">
      <h1 className="text-xl font-bold tracking-tight">{t("title")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("lead")}</p>
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
    </Card>
  );
}
