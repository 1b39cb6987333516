import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Facts } from "@/components/ui/facts";

/** What the sandbox carrier does with which numbers, for whoever wants to see a message fail. */
export function SandboxNumbers({ endings }: { endings: readonly { ending: string; text: string }[] }) {
  const t = useTranslations("delivery.sandbox");
  return (
    <Details summary={t("title")} className="mt-4">
      <p className="mb-2">{t("intro")}</p>
      <Facts
        className="max-w-160"
        facts={endings.map(({ ending, text }) => ({
          key: ending,
          term: <span className="font-semibold tabular-nums">…{ending}</span>,
          value: <span className="font-normal">{text}</span>,
        }))}
      />
    </Details>
  );
}
