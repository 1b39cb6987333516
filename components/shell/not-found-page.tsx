import { getTranslations } from "next-intl/server";
import { ButtonLink } from "../ui/button-link";
import { Card } from "../ui/card";

/** Says the same of what does not exist and of what is another customer's. */
export async function NotFoundPage() {
  const t = await getTranslations("shell.notFound");
  return (
    <Card className="mx-auto max-w-136">
      <h1 className="text-xl font-bold tracking-tight">{t("title")}</h1>
      <p className="mt-2 mb-5 text-ink-2">{t("text")}</p>
      <ButtonLink href="/">{t("action")}</ButtonLink>
    </Card>
  );
}
