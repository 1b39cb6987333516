import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SupportTable } from "@/components/support/support-table";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { PageHeader } from "@/components/ui/page-header";
import { TextInput } from "@/components/ui/text-input";
import { findAccountsForSupport } from "@/lib/accounts/service";
import { requirePanelContext } from "@/lib/next/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support");
  return { title: t("title") };
}

/** Balances and rules of any account, to look at. To customers the page does not exist. */
export default async function SupportPage({ searchParams }: PageProps<"/support">) {
  const context = await requirePanelContext();
  const asked = (await searchParams)["q"];
  const query = (Array.isArray(asked) ? (asked[0] ?? "") : (asked ?? "")).slice(0, 100);
  const found = await findAccountsForSupport(context, query);
  if (!found.ok) notFound();
  const t = await getTranslations("support");
  return (
    <>
      <PageHeader title={t("title")} description={t("intro")} />
      <form method="get" action="/support" role="search" className="flex flex-wrap items-end gap-x-4">
        <Field
          id="support-search"
          label={t("search")}
          hint={t("searchHint")}
          className="min-w-0 flex-1 sm:max-w-96"
        >
          {(control) => <TextInput {...control} type="search" name="q" defaultValue={query} />}
        </Field>
        <div className="mb-10 flex items-center gap-4">
          <Button type="submit" variant="ghost">
            {t("submit")}
          </Button>
          {query === "" ? null : (
            <ButtonLink href="/support" variant="link" className="min-h-11">
              {t("reset")}
            </ButtonLink>
          )}
        </div>
      </form>
      {found.value.length === 0 ? (
        <EmptyState title={query === "" ? t("emptyEver") : t("empty", { query })} />
      ) : (
        <Card>
          <SupportTable accounts={found.value} />
        </Card>
      )}
    </>
  );
}
