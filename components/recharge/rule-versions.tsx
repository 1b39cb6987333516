import { useLocale, useTranslations } from "next-intl";
import { formatCount, formatCredits, formatInstant } from "@/lib/format";
import type { RuleVersionDto } from "@/lib/recharge/schema";

/** Who changed the rule and when, from what to what; newest first. */
export function RuleVersions(props: {
  versions: readonly RuleVersionDto[];
  timeZone: string;
  /** Who is reading; null for staff. */
  userId: string | null;
}) {
  const t = useTranslations("recharge.versions");
  const locale = useLocale();
  if (props.versions.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  return (
    <ol>
      {props.versions.map((version, position) => (
        <li key={version.version} className="dated border-b border-line py-2.5 last:border-b-0">
          <time dateTime={version.changedAt}>{formatInstant(locale, props.timeZone, version.changedAt)}</time>
          <p>
            <span>{sentence(version, props.versions[position + 1])}</span>{" "}
            <span className="text-s text-ink-3">{t("version", { version: version.version })}</span>
          </p>
        </li>
      ))}
    </ol>
  );

  function sentence(version: RuleVersionDto, before: RuleVersionDto | undefined): string {
    const who = whoChanged(version);
    if (version.threshold === null || version.quantity === null) return t("turnedOff", { who });
    const now = {
      who,
      threshold: formatCredits(locale, version.threshold),
      quantity: formatCount(locale, version.quantity),
    };
    if (before === undefined || before.threshold === null || before.quantity === null) {
      return t("turnedOn", now);
    }
    return t("changed", {
      ...now,
      oldThreshold: formatCredits(locale, before.threshold),
      oldQuantity: formatCount(locale, before.quantity),
    });
  }

  function whoChanged({ changedBy, changedByName: name }: RuleVersionDto): string {
    if (props.userId !== null && changedBy === `user:${props.userId}`) return t("you");
    if (changedBy.startsWith("user:")) return name ?? t("someone");
    if (!changedBy.startsWith("api:")) return t("system");
    return name === null ? t("program") : t("programNamed", { name });
  }
}
