import type { Metadata } from "next";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { chooseLanguageAction } from "@/app/actions";
import { ChangeForm } from "@/components/access/change-form";
import { AccessLog } from "@/components/access/access-log";
import { SessionList } from "@/components/access/session-list";
import { LanguageChoice } from "@/components/shell/language-choice";
import { NamespaceMessages } from "@/components/shell/messages";
import { PaymentMethodForm } from "@/components/payments/payment-method-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardGrid } from "@/components/ui/card";
import { FactList } from "@/components/ui/facts";
import { NeedsScript } from "@/components/ui/needs-script";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { route } from "@/components/ui/route";
import { deviceOf } from "@/lib/access/rules";
import { listSessions } from "@/lib/access/service";
import { formatDate, formatInstant } from "@/lib/format";
import { goToSignIn, panelPerson, requirePanelContext } from "@/lib/next/context";
import { CARD_CHOICES } from "@/lib/payments/rules";
import { getPaymentMethod } from "@/lib/payments/service";
import { searchText } from "@/lib/search-parameters";
import { listAccessLogOfCustomer } from "@/lib/staff/audit-service";
import {
  changePasswordAction,
  choosePaymentMethodAction,
  endOtherSessionsAction,
  requestAddressChangeAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.account");
  return { title: t("title") };
}

export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const accesses = searchText(await searchParams, "accesses");
  const context = await requirePanelContext();
  const person = (await panelPerson()) ?? (await goToSignIn());
  const [t, locale, timeZone] = await Promise.all([
    getTranslations("access.account"),
    getLocale(),
    getTimeZone(),
  ]);
  const sessions = await listSessions(context);
  const instant = (at: Date) => formatInstant(locale, timeZone, at);
  const rows = (sessions.ok ? sessions.value : []).map((session) => ({
    key: session.sessionId,
    device: deviceOf(session.userAgent) ?? t("unknownDevice"),
    isThis: session.sessionId === person.sessionId,
    since: instant(session.startedAt),
    until: instant(session.expiresAt),
    address: session.address ?? "",
  }));

  return (
    <>
      <PageHeader title={t("title")} />
      <NeedsScript />
      <CardGrid columns={2}>
        <Card title={t("who")}>
          <FactList
            facts={[
              { key: "name", term: t("name"), value: person.name },
              { key: "email", term: t("email"), value: person.email },
              { key: "role", term: t("role"), value: t(`roles.${person.role}`) },
              ...(person.customerId === null
                ? []
                : [{ key: "customer", term: t("customerId"), value: person.customerId }]),
            ]}
          />
        </Card>
        <Card title={t("language")}>
          <p className="mb-2 text-ink-2">{t("languageHint")}</p>
          <LanguageChoice
            current={locale}
            label={t("language")}
            chooseLanguageAction={chooseLanguageAction}
            className="max-w-60 flex-col"
          />
        </Card>
      </CardGrid>
      <NamespaceMessages parts={["access.passwords", "problems"]}>
        <CardGrid columns={2}>
          <Card title={t("password")}>
            <ChangeForm what="password" email={person.email} changeAction={changePasswordAction} />
          </Card>
          <Card title={t("otherEmail")}>
            <ChangeForm what="email" email={person.email} changeAction={requestAddressChangeAction} />
          </Card>
        </CardGrid>
      </NamespaceMessages>
      <PaymentMethod />
      <StaffAccesses before={accesses === "" ? undefined : accesses} />
      <NamespaceMessages parts={["access.account"]}>
        <SessionList
          rows={rows}
          endOthersAction={endOtherSessionsAction}
          texts={{
            title: t("sessions"),
            caption: t("sessionsCaption"),
            device: t("device"),
            since: t("since"),
            until: t("until"),
            address: t("address"),
            thisSession: t("thisSession"),
          }}
        />
      </NamespaceMessages>
    </>
  );
}

/** When staff looked at the customer's data, a page at a time; staff themselves have none. */
async function StaffAccesses({ before }: { before: string | undefined }) {
  const context = await requirePanelContext();
  if (context.caller.kind !== "customer") return null;
  const accesses = await listAccessLogOfCustomer(context, context.caller.customerId, {
    limit: MAX_ACCESSES_SHOWN,
    ...(before !== undefined && { before }),
  });
  const [t, timeZone] = await Promise.all([getTranslations("access.accesses"), getTimeZone()]);
  return (
    <Card title={t("title")} className="mb-4">
      <p className="mb-3 text-ink-2">{t("intro")}</p>
      <AccessLog accesses={accesses.ok ? accesses.value.accesses : []} timeZone={timeZone} />
      {accesses.ok && accesses.value.next !== null ? (
        <ButtonLink href={route(`/account?accesses=${accesses.value.next}`)} variant="ghost" className="mt-4">
          {t("older")}
        </ButtonLink>
      ) : null}
    </Card>
  );
}

const MAX_ACCESSES_SHOWN = 20;

/** How a customer pays; staff have nothing to pay with. */
async function PaymentMethod() {
  const context = await requirePanelContext();
  if (context.caller.kind !== "customer") return null;
  const [method, t, tCards, locale, timeZone] = await Promise.all([
    getPaymentMethod(context, context.caller.customerId),
    getTranslations("payments.method"),
    getTranslations("payments.cards"),
    getLocale(),
    getTimeZone(),
  ]);
  const inUse = method.ok ? method.value : null;
  return (
    <Card title={t("title")} className="mb-4">
      <Notice>{t("sandbox")}</Notice>
      <p className="mb-4 text-ink-2">
        {inUse === null
          ? t("none")
          : t("inUse", { label: inUse.label, since: formatDate(locale, timeZone, inUse.changedAt) })}
      </p>
      <NamespaceMessages parts={["payments.method"]}>
        <PaymentMethodForm
          current={inUse?.token ?? null}
          cards={CARD_CHOICES.map(({ token, label, behaviour }) => ({
            token,
            label,
            description: tCards(behaviour),
          }))}
          choosePaymentMethodAction={choosePaymentMethodAction}
        />
      </NamespaceMessages>
    </Card>
  );
}
