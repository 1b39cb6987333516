import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { FilterForm } from "@/components/ui/filter-form";
import { Notice } from "@/components/ui/notice";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { CONTROL } from "@/components/ui/text-input";
import { Unbroken } from "@/components/ui/unbroken";
import type { AccountDetail } from "@/lib/accounts/rules";
import { LONGEST_TICKET } from "@/lib/staff/rules";
import { customerPath, type StaffAddress } from "./paths";
import { StaffTabs } from "./staff-tabs";

/** Whose account this is, that it is only looked at, and for which ticket. */
export function StaffAccountHeader({
  account,
  address,
  asked,
  mayCorrect = false,
}: {
  account: AccountDetail;
  address: StaffAddress;
  /** What else the address of the page says. */
  asked: Readonly<Record<string, string>>;
  /** On the one page where something can be done. */
  mayCorrect?: boolean;
}) {
  const t = useTranslations("support");
  const { customerId, serviceName, customerName, name } = account;
  return (
    <>
      <Breadcrumb
        label={t("account.breadcrumb")}
        crumbs={[
          { text: t("title"), href: "/support" },
          { text: customerId, href: customerPath(customerId) },
          { text: serviceName },
        ]}
      />
      <PageHeader
        title={name}
        description={<Unbroken text={t("account.of", { account: serviceName, customer: customerName })} />}
      />
      <Notice title={t(mayCorrect ? "account.correctTitle" : "account.readOnlyTitle")}>
        <p>{t(mayCorrect ? "account.correct" : "account.readOnly", { customer: customerName })}</p>
        <FilterForm className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
          {Object.entries({ ...asked, customer: customerId }).map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
          <label htmlFor="ticket" className="text-s text-ink-2">
            {t("account.ticket")}
          </label>
          <input
            id="ticket"
            type="text"
            name="ticket"
            maxLength={LONGEST_TICKET}
            autoComplete="off"
            defaultValue={address.ticket ?? ""}
            className={`${CONTROL} w-40`}
          />
          <Button type="submit" variant="ghost">
            {t("account.ticketSet")}
          </Button>
        </FilterForm>
      </Notice>
      <StaffTabs
        label={t("account.tabs.label")}
        tabs={(["overview", "why", "history", "dossier", "corrections"] as const).map((tab) => ({
          part: tab === "overview" ? "" : (`/${tab}` as const),
          text: t(`account.tabs.${tab}`),
        }))}
        address={address}
      />
    </>
  );
}
