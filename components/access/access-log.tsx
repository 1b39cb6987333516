import { useLocale, useTranslations } from "next-intl";
import { type Column, Table } from "@/components/ui/table";
import { formatInstant } from "@/lib/format";
import { ACCESS_SUBJECTS, type StaffAccessDto } from "@/lib/staff/rules";

/** When staff looked at a customer's data, newest first; `forLead` names who it was, and from where. */
export function AccessLog(props: {
  accesses: readonly StaffAccessDto[];
  timeZone: string;
  forLead?: boolean;
}) {
  const t = useTranslations("access.accesses");
  const tRole = useTranslations("access.account.roles");
  const locale = useLocale();
  if (props.accesses.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const rightOf = ({ staffRight }: StaffAccessDto) =>
    tRole(staffRight === "billing" || staffRight === "lead" ? staffRight : "support");
  const when: Column<StaffAccessDto> = {
    key: "when",
    header: t("when"),
    rowHeader: true,
    plain: true,
    cell: ({ at }) => (
      <time dateTime={at} className="font-normal whitespace-nowrap text-ink-2">
        {formatInstant(locale, props.timeZone, at)}
      </time>
    ),
  };
  const who: Column<StaffAccessDto> = {
    key: "who",
    header: t("who"),
    plain: true,
    cell: (access) =>
      props.forLead === true ? (
        <>
          <span translate="no">{access.staffName ?? access.staffUserId}</span>
          <span className="text-s text-ink-3 max-sm:ml-1.5 sm:block">{rightOf(access)}</span>
        </>
      ) : (
        rightOf(access)
      ),
  };
  const customer: Column<StaffAccessDto> = {
    key: "customer",
    header: t("customer"),
    plain: true,
    main: true,
    cell: ({ customerId }) => customerId,
  };
  const address: Column<StaffAccessDto> = {
    key: "address",
    header: t("address"),
    cell: (access) => access.address ?? "—",
  };
  const columns: Column<StaffAccessDto>[] = [
    when,
    who,
    ...(props.forLead === true ? [customer] : []),
    { key: "account", header: t("account"), cell: ({ serviceName }) => serviceName ?? t("wholeCustomer") },
    {
      key: "what",
      header: t("what"),
      plain: true,
      main: props.forLead !== true,
      cell: ({ what }) => t(`subject.${subjectOf(what)}`),
    },
    { key: "ticket", header: t("ticket"), cell: ({ ticket }) => ticket ?? "—" },
    ...(props.forLead === true ? [address] : []),
  ];
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={props.accesses}
      rowKey={(access) => access.accessId}
      phone="lines"
    />
  );
}

/** The list of subjects stays open: what has no words yet is something else. */
const subjectOf = (what: string) => ACCESS_SUBJECTS.find((known) => known === what) ?? "other";
