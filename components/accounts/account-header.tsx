import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumb, type Crumb, PageHeader } from "@/components/ui/page-header";
import { TabsNav } from "@/components/ui/tabs-nav";
import { accountPath, historyPath, optionsPath, packsPath, sendPath } from "./paths";

/** Where a page of an account stands, its heading, and the tabs of the account. `below` are the crumbs after the account. */
export function AccountHeader(props: {
  serviceName: string;
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  below?: readonly Crumb[];
}) {
  const { serviceName, below = [], ...heading } = props;
  const t = useTranslations("accounts");
  return (
    <>
      <Breadcrumb
        label={t("tabs.breadcrumb")}
        crumbs={[
          { text: t("telecom.title"), href: "/telecom" },
          { text: t("telecom.sms"), href: "/telecom/sms" },
          below.length === 0 ? { text: serviceName } : { text: serviceName, href: accountPath(serviceName) },
          ...below,
        ]}
      />
      <PageHeader {...heading} />
      <TabsNav
        label={t("tabs.label")}
        tabs={[
          { href: accountPath(serviceName), text: t("tabs.overview") },
          { href: sendPath(serviceName), text: t("tabs.send") },
          { href: historyPath(serviceName), text: t("tabs.history"), includesBelow: true },
          { href: packsPath(serviceName), text: t("tabs.packs"), includesBelow: true },
          { href: optionsPath(serviceName), text: t("tabs.options"), includesBelow: true },
        ]}
      />
    </>
  );
}
