"use client";

import { useTranslations } from "next-intl";
import { Table, type Column } from "@/components/ui/table";
import type { Result } from "@/lib/failure";
import { ConfirmButton } from "./confirm-button";

/** A user as the page shows it; `lastUsed` is null for one that was never used. */
type ApiUserView = { readonly login: string; readonly created: string; readonly lastUsed: string | null };

/** The API users of an account. */
export function ApiUserTable(props: {
  users: readonly ApiUserView[];
  deleteAction: (login: string) => Promise<Result<null>>;
}) {
  const t = useTranslations("credentials");
  if (props.users.length === 0) return <p className="text-ink-2">{t("users.empty")}</p>;
  const columns: Column<ApiUserView>[] = [
    {
      key: "login",
      header: t("users.login"),
      rowHeader: true,
      cell: (row) => <span className="break-all">{row.login}</span>,
    },
    { key: "created", header: t("keys.created"), cell: (row) => row.created },
    { key: "used", header: t("keys.lastUsed"), cell: (row) => row.lastUsed ?? t("keys.never") },
    {
      key: "delete",
      header: t("action"),
      cell: (row) => (
        <ConfirmButton
          text={t("users.delete")}
          label={t("users.deleteName", { login: row.login })}
          title={t("users.deleteTitle", { login: row.login })}
          question={t("users.deleteText")}
          action={() => props.deleteAction(row.login)}
        />
      ),
    },
  ];
  return (
    <Table caption={t("users.caption")} columns={columns} rows={props.users} rowKey={(row) => row.login} />
  );
}
