import { notFound } from "next/navigation";
import { LiveUpdates } from "@/components/accounts/live-updates";
import { NamespaceMessages } from "@/components/shell/messages";
import { getNews } from "@/lib/accounts/watch-service";
import { requireAccountKey } from "@/lib/next/account";
import { requirePanelContext } from "@/lib/next/context";

/** Every page of an account stays true while it is open. The verbs of each page ask who may see it. */
export default async function AccountLayout({ params, children }: LayoutProps<"/telecom/sms/[serviceName]">) {
  const context = await requirePanelContext();
  const { serviceName } = await params;
  const news = await getNews(context, requireAccountKey(context.caller, serviceName));
  if (!news.ok) notFound();
  return (
    <>
      <NamespaceMessages parts={["accounts.live"]}>
        <LiveUpdates url={`/telecom/sms/${serviceName}/live`} known={news.value} />
      </NamespaceMessages>
      {children}
    </>
  );
}
