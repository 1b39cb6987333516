import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmAddressForm } from "@/components/access/confirm-address-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requirePanelContext } from "@/lib/next/context";
import { searchText } from "@/lib/search-parameters";
import { confirmAddressAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.confirm");
  return { title: t("title"), referrer: "no-referrer" };
}

/** Where the link to a new mail address leads. Only a press changes it: scanners of mail follow links too. */
export default async function ConfirmAddressPage({ searchParams }: PageProps<"/confirm-address">) {
  await requirePanelContext();
  const token = searchText(await searchParams, "token", 2000);
  const t = await getTranslations("access.confirm");
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <Card>
        <ConfirmAddressForm token={token} submit={t("submit")} confirmAddressAction={confirmAddressAction} />
      </Card>
    </>
  );
}
