import { useTranslations } from "next-intl";
import type { SearchHit } from "@/lib/staff/search-rules";

/** One thing that was found: what it is, what it is called, and whose it is. */
export function HitLine({ hit }: { hit: SearchHit }) {
  const t = useTranslations("support.search");
  const { kind, label, customerName, customerId, serviceName, detail } = hit;
  const isOrder = kind === "order" || kind === "payment";
  const beside = [
    kind === "customer" ? null : customerName,
    customerId,
    kind === "customer" ? null : serviceName,
    detail,
  ].filter((text): text is string => text !== null && text !== label);
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      <span className="w-20 shrink-0 text-s text-ink-3">{t(`kind.${kind}`)}</span>
      <span className="min-w-0 flex-1 basis-48">
        <span className="font-semibold text-ink">{isOrder ? t("order", { order: label }) : label}</span>
        <span className="block text-s break-words text-ink-2">{beside.join(" · ")}</span>
      </span>
    </span>
  );
}
