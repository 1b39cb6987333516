import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";

/** What the sandbox carrier does with which numbers, for whoever wants to see a message fail. */
export function SandboxNumbers({ endings }: { endings: readonly { ending: string; text: string }[] }) {
  const t = useTranslations("delivery.sandbox");
  return (
    <Details summary={t("title")} className="mt-4">
      <p className="mb-2">{t("intro")}</p>
      <dl className="max-w-160">
        {endings.map(({ ending, text }) => (
          <div key={ending} className="flex items-baseline gap-4 border-b border-line py-2 last:border-b-0">
            <dt className="shrink-0 font-semibold tabular-nums">{`…${ending}`}</dt>
            <dd className="min-w-0">{text}</dd>
          </div>
        ))}
      </dl>
    </Details>
  );
}
