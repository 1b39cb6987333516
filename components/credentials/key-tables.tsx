"use client";

import { useTranslations } from "next-intl";
import { Pill } from "@/components/ui/pill";
import { Table, type Column } from "@/components/ui/table";
import type { Result } from "@/lib/failure";
import { ConfirmButton } from "./confirm-button";
import { RuleList } from "./rule-list";
import { allowsAll, type ApplicationView, type KeyView } from "./views";

const PILL = {
  pending: "warn",
  validated: "good",
  refused: "neutral",
  revoked: "neutral",
  expired: "neutral",
} as const;

/** The keys that act for the customer, or did. */
export function KeyTable(props: {
  keys: readonly KeyView[];
  revokeAction: (credentialId: string) => Promise<Result<null>>;
}) {
  const t = useTranslations("credentials");
  if (props.keys.length === 0) return <p className="text-ink-2">{t("keys.empty")}</p>;
  const columns: Column<KeyView>[] = [
    {
      key: "application",
      header: t("keys.application"),
      rowHeader: true,
      cell: (row) => row.applicationName,
    },
    {
      key: "state",
      header: t("keys.state"),
      cell: (row) => <Pill kind={PILL[row.state]}>{t(`states.${row.state}`)}</Pill>,
    },
    {
      key: "rules",
      header: t("keys.rules"),
      cell: (row) => (allowsAll(row.rules) ? t("keys.allCalls") : <RuleList rules={row.rules} />),
    },
    { key: "created", header: t("keys.created"), cell: (row) => row.created },
    { key: "expires", header: t("keys.expires"), cell: (row) => row.expires ?? t("keys.noEnd") },
    { key: "used", header: t("keys.lastUsed"), cell: (row) => row.lastUsed ?? t("keys.never") },
    {
      key: "revoke",
      header: t("action"),
      cell: (row) =>
        row.state === "validated" ? (
          <ConfirmButton
            text={t("keys.revoke")}
            label={t("keys.revokeName", { name: row.applicationName })}
            title={t("keys.revokeTitle", { name: row.applicationName })}
            question={t("keys.revokeText")}
            action={() => props.revokeAction(row.credentialId)}
          />
        ) : null,
    },
  ];
  return (
    <Table
      caption={t("keys.caption")}
      columns={columns}
      rows={props.keys}
      rowKey={(row) => row.credentialId}
    />
  );
}

/** The customer's applications. */
export function ApplicationTable(props: {
  applications: readonly ApplicationView[];
  deleteAction: (applicationKey: string) => Promise<Result<null>>;
}) {
  const t = useTranslations("credentials.applications");
  const tAll = useTranslations("credentials");
  if (props.applications.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const columns: Column<ApplicationView>[] = [
    { key: "name", header: t("name"), rowHeader: true, cell: (row) => row.name },
    {
      key: "key",
      header: t("key"),
      cell: (row) => <code className="text-s break-all">{row.applicationKey}</code>,
    },
    { key: "created", header: t("created"), cell: (row) => row.created },
    {
      key: "delete",
      header: tAll("action"),
      cell: (row) => (
        <ConfirmButton
          text={t("delete")}
          label={t("deleteName", { name: row.name })}
          title={t("deleteTitle", { name: row.name })}
          question={t("deleteText")}
          action={() => props.deleteAction(row.applicationKey)}
        />
      ),
    },
  ];
  return (
    <Table
      caption={t("caption")}
      columns={columns}
      rows={props.applications}
      rowKey={(row) => row.applicationKey}
    />
  );
}
