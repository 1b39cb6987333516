import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CallForm } from "@/components/console/call-form";
import { CallList, CallName } from "@/components/console/call-list";
import { ApiHeader } from "@/components/credentials/api-header";
import { NamespaceMessages } from "@/components/shell/messages";
import { NeedsScript } from "@/components/ui/needs-script";
import { Notice } from "@/components/ui/notice";
import { Pill } from "@/components/ui/pill";
import { listAccounts } from "@/lib/accounts/service";
import { printCredits } from "@/lib/credits";
import { apiSettings } from "@/lib/env";
import { formatCredits, pluralOf } from "@/lib/format";
import { requirePanelContext } from "@/lib/next/context";
import { CONSOLE_CALLS, FIRST_CALL } from "@/lib/ovh/console-calls";
import { searchText } from "@/lib/search-parameters";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("console");
  return { title: t("title") };
}

export default async function ConsolePage({ searchParams }: PageProps<"/console">) {
  const context = await requirePanelContext();
  const { caller } = context;
  const [t, tTransfers, locale] = await Promise.all([
    getTranslations("console"),
    getTranslations("transfers"),
    getLocale(),
  ]);
  if (caller.kind !== "customer") {
    return (
      <>
        <ApiHeader title={t("title")} description={t("lead")} />
        <Notice>{t("staff")}</Notice>
      </>
    );
  }
  const asked = searchText(await searchParams, "call");
  const chosen =
    CONSOLE_CALLS.find(({ id }) => id === asked) ?? CONSOLE_CALLS.find(({ id }) => id === FIRST_CALL);
  if (chosen === undefined) throw new Error("the console has no calls");
  const accounts = await listAccounts(context, caller.customerId);
  const services = (accounts.ok ? accounts.value : []).map(({ serviceName, name, balance }) => ({
    serviceName,
    text: tTransfers("option", {
      name,
      serviceName,
      balance: formatCredits(locale, printCredits(balance)),
      n: pluralOf(printCredits(balance)),
    }),
  }));
  // Keys of messages are names of the wire, but for the dot, which parts keys.
  const messageKey = (name: string) => name.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase());
  const help = chosen.fields.flatMap(({ name }) => {
    const places = [`callFields.${chosen.id}`, "fields"].map((place) => `${place}.${messageKey(name)}`);
    const key = (places as Parameters<typeof t.has>[0][]).find((each) => t.has(each));
    return key === undefined ? [] : [[name, t(key)] as const];
  });
  const textOf = (part: "summaries" | "details", id: string) => {
    const key = `${part}.${id}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : id;
  };
  return (
    <>
      <ApiHeader title={t("title")} description={t("lead")} />
      <div className="gap-6 lg:grid lg:grid-cols-[17rem_minmax(0,1fr)]">
        <CallList
          calls={CONSOLE_CALLS}
          chosen={chosen}
          summaries={Object.fromEntries(CONSOLE_CALLS.map(({ id }) => [id, textOf("summaries", id)]))}
        />
        <section className="min-w-0 max-lg:mt-4" aria-labelledby="call">
          <h2 id="call" className="text-l font-bold">
            {textOf("summaries", chosen.id)}
          </h2>
          <p className="mb-1 flex flex-wrap items-center gap-3">
            <CallName call={chosen} />
            {chosen.method === "GET" ? null : <Pill kind="warn">{t("write")}</Pill>}
            {chosen.access === "signed" ? null : <Pill kind="neutral">{t("open")}</Pill>}
          </p>
          <p className="mb-4 max-w-160 text-ink-2">{textOf("details", chosen.id)}</p>
          {services.length === 0 ? <Notice>{t("noAccounts")}</Notice> : null}
          <NeedsScript />
          <NamespaceMessages parts={["console"]}>
            <CallForm
              key={chosen.id}
              call={chosen}
              help={Object.fromEntries(help)}
              services={services}
              baseUrl={apiSettings().publicUrl}
              executeUrl="/console/call"
            />
          </NamespaceMessages>
          <p className="mt-4 text-s">
            <a href="/api/1.0/openapi.json" className="text-accent underline-offset-4 hover:underline">
              {t("openapi")}
            </a>
          </p>
        </section>
      </div>
    </>
  );
}
