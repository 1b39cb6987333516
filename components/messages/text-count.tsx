"use client";

import { useLocale, useTranslations } from "next-intl";
import { PressButton } from "@/components/ui/press-button";
import { Notice } from "@/components/ui/notice";
import { formatCount, formatList } from "@/lib/format";
import { type MessageParts, MAX_PARTS, withReplacements } from "@/lib/messages/parts";

const MAX_NAMED = 5;

/** Encoding, characters and parts of a text as it is being typed; counted in the browser as the server bills it. */
export function TextCount(props: { text: string; count: MessageParts; onReplace: (text: string) => void }) {
  const { text, count } = props;
  const t = useTranslations("messages.send");
  const locale = useLocale();
  const listed = (characters: MessageParts["offending"]) => {
    const named = characters.slice(0, MAX_NAMED).map(({ character }) => nameOf(character));
    const more = characters.length - named.length;
    return formatList(locale, more === 0 ? named : [...named, t("andMore", { count: more })]);
  };
  const names = listed(count.offending);
  const without = count.offending.filter(({ replacement }) => replacement === null);
  const replaced = count.encoding === "ucs2" ? withReplacements(text) : text;
  return (
    <>
      <dl className="mb-4 flex flex-wrap gap-x-6 gap-y-1 text-s">
        <Figure term={t("encoding")} value={t(`encodings.${count.encoding}`)} />
        <Figure
          term={t("characters")}
          value={formatCount(locale, count.characters)}
          note={t("charactersLeft", { left: count.charactersLeft })}
        />
        <Figure
          term={t("parts")}
          value={t("partsOf", { parts: count.parts, most: MAX_PARTS })}
          isBad={count.isTooLong}
        />
      </dl>
      {count.offending.length === 0 ? null : (
        <Notice kind="warn">
          <p>{t("whyUnicode", { characters: names })}</p>
          {without.length === 0 ? null : (
            <p className="mt-1 text-s text-ink-2">
              {t("noReplacement", { characters: listed(without), n: without.length })}
            </p>
          )}
          {replaced === text ? null : (
            <>
              <ul className="mt-1 text-s text-ink-2">
                {count.offending
                  .filter(({ replacement }) => replacement !== null)
                  .slice(0, MAX_NAMED)
                  .map(({ character, replacement }) => (
                    <li key={character}>
                      {replacement === ""
                        ? t("replacementRemoved", { from: nameOf(character) })
                        : t("replacementPreview", { from: nameOf(character), to: `«${replacement ?? ""}»` })}
                    </li>
                  ))}
              </ul>
              <PressButton
                variant="ghost"
                className="mt-2"
                onClick={() => {
                  props.onReplace(replaced);
                }}
              >
                {t("offerReplacement")}
              </PressButton>
            </>
          )}
        </Notice>
      )}
    </>
  );
}

function Figure(props: { term: string; value: string; note?: string; isBad?: boolean }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      <dt className="text-ink-3">{props.term}</dt>
      <dd className={`font-semibold ${props.isBad === true ? "text-bad" : ""}`}>
        <span>{props.value}</span>
        {props.note === undefined ? null : <span className="ml-2 font-normal text-ink-3">{props.note}</span>}
      </dd>
    </div>
  );
}

/** A character with its number, since many of those that make a message Unicode look like others, or like nothing. */
function nameOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /^[\p{Z}\p{C}\p{M}]$/u.test(character) ? code : `«${character}» (${code})`;
}
