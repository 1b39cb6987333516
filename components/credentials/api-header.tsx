import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { TabsNav } from "@/components/ui/tabs-nav";

/** Where a page of the API stands, its heading, and the tabs between keys and console. */
export function ApiHeader({ title, description }: { title: string; description: ReactNode }) {
  const t = useTranslations("credentials");
  return (
    <>
      <Breadcrumb label={t("breadcrumb")} crumbs={[{ text: t("section") }, { text: title }]} />
      <PageHeader title={title} description={description} />
      <TabsNav
        label={t("tabs.label")}
        tabs={[
          { href: "/api-keys", text: t("tabs.keys") },
          { href: "/console", text: t("tabs.console") },
        ]}
      />
    </>
  );
}
