"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { CONTROL } from "@/components/ui/text-input";
import { useDebounced } from "@/components/ui/use-debounced";
import { HitLine } from "./hit-line";
import { hitPath } from "./paths";
import { searchQuery } from "./search-query";

const DEBOUNCE_MS = 120;

/**
 * One field for everything: a combobox whose list follows what is typed. The first hit is the one that Enter opens, as
 * soon as the list answers the text as it stands; before that, and without JavaScript, Enter asks for the page of hits.
 */
export function SearchBox({ initial, autoFocus }: { initial: string; autoFocus: boolean }) {
  const t = useTranslations("support.search");
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState(initial);
  const [isOpen, setOpen] = useState(false);
  // Which hit is chosen, and for which text: another text starts at its first hit again.
  const [chosen, setChosen] = useState({ text: "", index: 0 });
  const asked = text.trim();
  const debounced = useDebounced(asked, DEBOUNCE_MS);
  const { data, isError } = useQuery(searchQuery(isOpen ? debounced : ""));
  const isAnswered = data?.text === asked && asked !== "";
  const hits = asked === "" ? [] : (data?.hits ?? []);
  const isListed = isOpen && hits.length > 0;
  const active = isAnswered && hits.length > 0 ? (chosen.text === asked ? chosen.index : 0) : null;
  const optionId = (index: number) => `${listId}-${index.toString()}`;
  const open = (index: number) => {
    const hit = hits[index];
    if (hit === undefined) return;
    setOpen(false);
    router.push(hitPath(hit));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter and the arrows are its own.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      if (isListed) event.preventDefault();
      setOpen(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (active === null || !isListed) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen({ text: asked, index: (active + step + hits.length) % hits.length });
    } else if (event.key === "Enter" && isListed && active !== null) {
      event.preventDefault();
      open(active);
    }
  };

  return (
    <form
      method="get"
      action="/support"
      role="search"
      className="relative mb-4 max-w-180"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <label htmlFor="support-search" className="mb-1 block font-semibold">
        {t("label")}
      </label>
      <div className="flex gap-3">
        <input
          id="support-search"
          type="text"
          name="q"
          role="combobox"
          aria-expanded={isListed}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isListed && active !== null ? optionId(active) : undefined}
          aria-describedby="support-search-hint"
          autoFocus={autoFocus}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={100}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
          className={`${CONTROL} w-full`}
        />
        <Button type="submit" variant="ghost">
          {t("submit")}
        </Button>
      </div>
      <p id="support-search-hint" className="mt-1 text-s text-ink-3">
        {t("hint")}
      </p>
      <p role="status" className="sr-only">
        {!isOpen || asked === "" ? "" : isAnswered ? t("found", { count: hits.length }) : ""}
      </p>
      <ul
        id={listId}
        role="listbox"
        aria-label={t("results")}
        hidden={!isListed}
        className="absolute inset-x-0 top-19 z-20 max-h-[60dvh] overflow-y-auto rounded-m border border-line bg-card p-1.5 shadow-raised"
      >
        {hits.map((hit, index) => (
          <li
            key={`${hit.kind} ${hit.customerId} ${hit.serviceName ?? ""} ${hit.orderId ?? ""} ${hit.label}`}
            id={optionId(index)}
            role="option"
            aria-selected={index === active}
            // Kept from taking the focus out of the field, so that a press opens what it meets.
            onPointerDown={(event) => event.preventDefault()}
            // eslint-disable-next-line no-restricted-syntax -- drawn by the script alone
            onClick={() => open(index)}
            className="cursor-pointer rounded-s px-3 py-2 hover:bg-sunk aria-selected:bg-accent-soft"
          >
            <HitLine hit={hit} />
          </li>
        ))}
      </ul>
      {isOpen && isAnswered && hits.length === 0 ? (
        <p className="mt-2 text-ink-2">{t("nothing", { query: asked })}</p>
      ) : null}
      {isOpen && isError ? <p className="mt-2 text-bad">{t("failed")}</p> : null}
    </form>
  );
}
