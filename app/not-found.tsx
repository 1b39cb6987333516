import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotFoundPage } from "@/components/shell/not-found-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.notFound");
  return { title: t("title") };
}

export default function NotFound() {
  return (
    <main id="main" className="px-4 py-8 sm:py-16">
      <NotFoundPage />
    </main>
  );
}
