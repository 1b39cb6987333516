import { getLocale, getTranslations } from "next-intl/server";
import { destinationsCsv } from "@/lib/destinations/csv";
import { readAddress } from "@/lib/destinations/address-rules";
import { getReader } from "@/lib/destinations/reader-service";
import { viewDestinations } from "@/lib/destinations/service";
import { panelContext, strangerContext } from "@/lib/next/context";

/** What the page of destinations shows at the same address, as a file. */
export async function GET(request: Request): Promise<Response> {
  const address = readAddress(Object.fromEntries(new URL(request.url).searchParams));
  const locale = await getLocale();
  const [t, heading] = await Promise.all([
    getTranslations("destinations"),
    getTranslations("destinations.csvColumns"),
  ]);
  const reader = await getReader(await panelContext(), locale, address.account);
  const view = await viewDestinations(strangerContext(), address, reader);
  if (view === null) return new Response(null, { status: 404 });
  const name = `${t("fileName")}-${view.list.priceList}-${view.date}.csv`;
  return new Response(destinationsCsv(view, locale, heading), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });
}
