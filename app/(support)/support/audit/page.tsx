import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTimeZone, getTranslations } from "next-intl/server";
import { LookList } from "@/components/access/look-list";
import { AuditFilter } from "@/components/support/audit-filter";
import { auditQuery, readAuditAddress } from "@/components/support/audit-address";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { route } from "@/components/ui/route";
import { FileLink } from "@/components/ui/text-link";
import { requireStaffContext } from "@/lib/next/staff-context";
import { listLooks, listStaff } from "@/lib/staff/audit-service";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support.audit");
  return { title: t("title") };
}

/** Who looked at whom, for those who lead. */
export default async function AuditPage({ searchParams }: PageProps<"/support/audit">) {
  const { context } = await requireStaffContext();
  const address = readAuditAddress(await searchParams);
  const { person, customer, before } = address;
  const [page, staff, t, tSupport, timeZone] = await Promise.all([
    listLooks(context, {
      ...(person !== null && { staffUserId: person }),
      ...(customer !== null && { customerId: customer }),
      ...(before !== null && { before }),
    }),
    listStaff(context),
    getTranslations("support.audit"),
    getTranslations("support"),
    getTimeZone(),
  ]);
  if (!page.ok || !staff.ok) notFound();
  const { looks, next } = page.value;
  const pathOf = (start: string) => route(`/support/audit?${auditQuery({ ...address, before: start })}`);
  return (
    <>
      <Breadcrumb
        label={tSupport("account.breadcrumb")}
        crumbs={[{ text: tSupport("title"), href: "/support" }, { text: t("title") }]}
      />
      <PageHeader
        title={t("title")}
        description={t("intro")}
        actions={
          <FileLink href={`/support/audit/export?${auditQuery({ ...address, before: null })}`}>
            {t("download")}
          </FileLink>
        }
      />
      <AuditFilter people={staff.value} person={person} customer={customer} />
      <Card>
        <LookList looks={looks} timeZone={timeZone} forLead />
        {next === null ? null : (
          <ButtonLink href={pathOf(next)} variant="ghost" className="mt-4">
            {t("older")}
          </ButtonLink>
        )}
      </Card>
    </>
  );
}
