"use client";

import { useMutationState } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { PressButton } from "@/components/ui/press-button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { formatCount, formatCredits, pluralOf } from "@/lib/format";
import type { PriceListDto } from "@/lib/orders/schema";
import { RuleForm, type SaveRule } from "./rule-form";
import type { RuleView } from "./rule-view";

const MODIFY = "modify";

/**
 * The button *Modify* with its dialog, and the word that a change is saved. That the dialog is open stands in the
 * address, so that the browser's back button closes it and a link can open it.
 */
export function RuleEditor(props: {
  rule: RuleView;
  balance: string;
  isRecharging: boolean;
  isSuspended: boolean;
  prices: PriceListDto;
  quantities: readonly number[];
  saveAction: SaveRule;
}) {
  const t = useTranslations("recharge");
  const pathname = usePathname();
  const isOpen = useSearchParams().has(MODIFY);
  const [openedHere, setOpenedHere] = useState(false);
  /** The newest version that the reader has seen, or has made himself. */
  const [versionSeen, setVersionSeen] = useState(props.rule.version);
  const [saved, setSaved] = useState<RuleView | null>(null);

  const open = () => {
    setSaved(null);
    setVersionSeen(props.rule.version);
    setOpenedHere(true);
    window.history.pushState(null, "", `${pathname}?${MODIFY}=1`);
  };
  const close = () => {
    if (!isOpen) return;
    if (openedHere) window.history.back();
    else window.history.replaceState(null, "", pathname);
    setOpenedHere(false);
  };

  // Both from one place, so that no drawing has the end of a save without the version that it made.
  const savingKey = ["save-rule", pathname];
  const saves = useMutationState({ filters: { mutationKey: savingKey }, select: ({ state }) => state });
  const isSaving = saves.some(({ status }) => status === "pending");
  const versionKnown = Math.max(versionSeen, ...saves.map(({ data }) => versionOf(data)));
  // The page is drawn with what is saved a moment later; a newer version than that is somebody else's.
  const isSavedShown = saved !== null && saved.version >= props.rule.version;

  return (
    <>
      <PressButton onClick={open}>{t("modify")}</PressButton>
      <div role="status">{isSavedShown ? <SavedNotice rule={saved} /> : null}</div>
      <Dialog open={isOpen} onClose={close} title={t("form.title")}>
        {/* While a save is under way a newer version is most likely its own: the page may be drawn before the answer. */}
        {props.rule.version <= versionKnown || isSaving ? null : (
          <Notice kind="warn" announce="status">
            {t("form.changedMeanwhile")}
          </Notice>
        )}
        <RuleForm
          {...props}
          savingKey={savingKey}
          onCancel={close}
          onSaved={(rule) => {
            setSaved(rule);
            setVersionSeen(rule.version);
            // After a slow save the reader may have closed the dialog, or be on another page.
            const { pathname: here, search } = window.location;
            if (here === pathname && new URLSearchParams(search).has(MODIFY)) close();
          }}
        />
      </Dialog>
    </>
  );
}

/** The version that a save made; 0 if it made none. */
function versionOf(answer: unknown): number {
  // Safe because it is what the form's mutation of that key answers with.
  const result = answer as Awaited<ReturnType<SaveRule>> | undefined;
  return result?.ok === true ? result.value.version : 0;
}

function SavedNotice({ rule }: { rule: RuleView }) {
  const t = useTranslations("recharge.form");
  const locale = useLocale();
  return (
    <Notice kind="good" className="mt-4 mb-0">
      {rule.state === "off"
        ? t("savedOff")
        : t("savedOn", {
            threshold: formatCredits(locale, rule.threshold),
            n: pluralOf(rule.threshold),
            quantity: formatCount(locale, rule.quantity),
          })}
    </Notice>
  );
}
