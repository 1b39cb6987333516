import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTimeZone, getTranslations } from "next-intl/server";
import { AccessLog } from "@/components/access/access-log";
import { AuditFilter } from "@/components/support/audit-filter";
import { auditQuery, readAuditAddress } from "@/components/support/audit-address";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { route } from "@/components/ui/route";
import { FileLink } from "@/components/ui/text-link";
import { dayIn } from "@/lib/day";
import { requireStaffContext } from "@/lib/next/staff-context";
import { instantsOf, periodProblem } from "@/lib/period";
import { listAccessLog, listStaff } from "@/lib/staff/audit-service";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support.audit");
  return { title: t("title") };
}

/** Who looked at whom, for those who lead. */
export default async function AuditPage({ searchParams }: PageProps<"/support/audit">) {
  const { context } = await requireStaffContext();
  const address = readAuditAddress(await searchParams);
  const { person, customer, before } = address;
  const problem = periodProblem(address);
  const timeZone = await getTimeZone();
  const [page, staff, t, tSupport] = await Promise.all([
    listAccessLog(context, {
      ...(problem === null ? instantsOf(address, timeZone) : {}),
      ...(person !== null && { staffUserId: person }),
      ...(customer !== null && { customerId: customer }),
      ...(before !== null && { before }),
    }),
    listStaff(context),
    getTranslations("support.audit"),
    getTranslations("support"),
  ]);
  if (!page.ok || !staff.ok) notFound();
  const { accesses, next } = page.value;
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
          problem === null ? (
            <FileLink href={`/support/audit/export?${auditQuery({ ...address, before: null })}`}>
              {t("download")}
            </FileLink>
          ) : undefined
        }
      />
      <AuditFilter
        people={staff.value}
        address={address}
        problem={problem}
        today={dayIn(timeZone, context.now())}
      />
      <Card>
        {accesses.length === 0 ? (
          <p className="text-ink-2">{t("empty")}</p>
        ) : (
          <AccessLog accesses={accesses} timeZone={timeZone} forLead />
        )}
        {next === null ? null : (
          <ButtonLink href={pathOf(next)} variant="ghost" className="mt-4">
            {t("older")}
          </ButtonLink>
        )}
      </Card>
    </>
  );
}
