import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Pill, type PillKind } from "@/components/ui/pill";
import { type Column, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { deviceOf } from "@/lib/access/rules";
import { formatCents, formatInstant } from "@/lib/format";
import type { Dossier } from "@/lib/staff/dossier-schema";

type Attempt = Dossier["attempts"][number];
type Credential = Dossier["credentials"][number];
type Session = Dossier["sessions"][number];

const OUTCOME_PILL = {
  paid: "good",
  declined: "bad",
  needs_authentication: "warn",
  unknown: "warn",
  asked: "neutral",
} as const satisfies Record<string, PillKind>;

const CREDENTIAL_PILL = {
  pending: "warn",
  validated: "good",
  refused: "neutral",
  revoked: "neutral",
  expired: "neutral",
  deleted: "neutral",
} as const satisfies Record<Credential["state"], PillKind>;

/** Each payment that was tried, with what the bank answered. */
export function AttemptTable(props: {
  attempts: readonly Attempt[];
  timeZone: string;
  orderHref: (orderId: string) => Route;
}) {
  const t = useTranslations("support.dossier.attempts");
  const locale = useLocale();
  if (props.attempts.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const columns: Column<Attempt>[] = [
    {
      key: "order",
      header: t("order"),
      rowHeader: true,
      cell: ({ orderId, attempt }) => (
        <>
          <TextLink href={props.orderHref(orderId)} prefetch={false}>
            {orderId}
          </TextLink>
          <span className="block text-s font-normal text-ink-3">{t("attempt", { attempt })}</span>
        </>
      ),
    },
    {
      key: "when",
      header: t("when"),
      cell: ({ startedAt }) => formatInstant(locale, props.timeZone, startedAt),
    },
    {
      key: "outcome",
      header: t("outcome"),
      cell: ({ outcome }) => (
        <Pill kind={OUTCOME_PILL[outcome ?? "asked"]}>{t(`outcomes.${outcome ?? "asked"}`)}</Pill>
      ),
    },
    { key: "code", header: t("code"), cell: ({ code }) => <code className="text-s">{code ?? "—"}</code> },
    {
      key: "reference",
      header: t("reference"),
      cell: ({ gatewayReference }) => (
        <code className="text-s break-all text-ink-2">{gatewayReference ?? "—"}</code>
      ),
    },
    {
      key: "amount",
      header: t("amount"),
      numeric: true,
      cell: ({ amountCents, currency }) => formatCents(locale, amountCents, currency),
    },
  ];
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={props.attempts}
      rowKey={({ orderId, attempt }) => `${orderId} ${attempt.toString()}`}
    />
  );
}

/** What programs of the customer may do, and until when. No secret is here, nor was read. */
export function CredentialTable(props: { credentials: readonly Credential[]; timeZone: string }) {
  const t = useTranslations("support.dossier.credentials");
  const locale = useLocale();
  if (props.credentials.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const time = (at: string | null, none: string) =>
    at === null ? none : formatInstant(locale, props.timeZone, at);
  const columns: Column<Credential>[] = [
    {
      key: "application",
      header: t("application"),
      rowHeader: true,
      cell: ({ application, credentialId }) => (
        <>
          <span>{application}</span>
          <span className="block text-s font-normal text-ink-3">{credentialId}</span>
        </>
      ),
    },
    {
      key: "state",
      header: t("state"),
      cell: ({ state }) => <Pill kind={CREDENTIAL_PILL[state]}>{t(`states.${state}`)}</Pill>,
    },
    {
      key: "rules",
      header: t("rules"),
      cell: ({ rules }) => <code className="text-s break-all">{rules.join(", ")}</code>,
    },
    { key: "created", header: t("created"), cell: ({ createdAt }) => time(createdAt, "—") },
    { key: "used", header: t("used"), cell: ({ lastUsedAt }) => time(lastUsedAt, t("never")) },
    { key: "expires", header: t("expires"), cell: ({ expiresAt }) => time(expiresAt, t("noEnd")) },
  ];
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={props.credentials}
      rowKey={({ credentialId }) => credentialId}
    />
  );
}

/** Where the customer's people are signed in. */
export function SessionTable(props: { sessions: readonly Session[]; timeZone: string }) {
  const t = useTranslations("support.dossier.sessions");
  const locale = useLocale();
  if (props.sessions.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  const columns: Column<Session>[] = [
    {
      key: "person",
      header: t("person"),
      rowHeader: true,
      cell: ({ userName, email }) => (
        <>
          <span translate="no">{userName}</span>
          <span className="block text-s font-normal break-all text-ink-3">{email}</span>
        </>
      ),
    },
    { key: "device", header: t("device"), cell: ({ userAgent }) => deviceOf(userAgent) ?? t("unknown") },
    {
      key: "since",
      header: t("since"),
      cell: ({ startedAt }) => formatInstant(locale, props.timeZone, startedAt),
    },
    {
      key: "until",
      header: t("until"),
      cell: ({ expiresAt }) => formatInstant(locale, props.timeZone, expiresAt),
    },
    { key: "address", header: t("address"), cell: ({ address }) => address ?? "—" },
  ];
  return (
    <Table
      caption={t("title")}
      columns={columns}
      rows={props.sessions}
      rowKey={({ email, startedAt }) => `${email} ${startedAt}`}
    />
  );
}
