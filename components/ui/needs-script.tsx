import { useTranslations } from "next-intl";
import { Notice } from "./notice";

/** Says to whoever reads without scripts why the form below does nothing. */
export function NeedsScript() {
  const t = useTranslations("ui");
  return (
    <noscript>
      <Notice kind="warn">{t("needsScript")}</Notice>
    </noscript>
  );
}
