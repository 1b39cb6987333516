import { describe, expect, test } from "vitest";
import { LOCALES } from "../i18n/locales";
import { html } from "./html";
import type { MailKind, MailTexts } from "./rules";
import { renderMail } from "./template";
import { MAIL_TEXTS } from "./texts";

const NAME = `Maria "la <b>capa</b>" O'Neill & figli`;
const TOKEN = "secret-token";
const URL_OF_ACTION = `https://panel.example.com/new-password?token=${TOKEN}&x="y"`;

const KINDS = Object.keys(MAIL_TEXTS.it) as MailKind[];

function rendered(language: (typeof LOCALES)[number], kind: MailKind) {
  const textOf = MAIL_TEXTS[language][kind] as MailTexts["password_reset"];
  return renderMail(language, "Ricarica", textOf({ name: NAME, url: URL_OF_ACTION }));
}

describe.each(LOCALES)("in %s", (language) => {
  test.each(KINDS)("%s says the same as text and as HTML, and nothing secret in its subject", (kind) => {
    const { subject, textBody, htmlBody } = rendered(language, kind);
    expect(subject).not.toMatch(/Maria|token|http/);
    expect(subject.length).toBeLessThan(60);
    expect(htmlBody).toContain(`<html lang="${language}">`);
    // What is put in is text in the HTML, never a tag or a part of one.
    expect(htmlBody).not.toMatch(/<b>capa|"y"|token=secret-token&x/);
    const shown = htmlBody
      .replace(/^[\s\S]*<body>/, "")
      .replace(/<[^>]*>/g, " ")
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
      .replace(/\s+/g, " ");
    const lines = textBody.split("\n").filter((line) => line !== "" && line !== "-- ");
    for (const line of lines) expect(shown).toContain(line.replace(/:$/, ""));
  });

  test.each(KINDS)("%s fetches nothing, and has its styles within, for light and dark", (kind) => {
    const { htmlBody } = rendered(language, kind);
    expect(htmlBody).not.toMatch(/<(img|script|link|iframe|object|form)\b|url\(|@import|\ssrc=/i);
    expect(htmlBody).toContain("prefers-color-scheme: dark");
    expect(htmlBody).toContain("color-scheme");
  });

  test("no two languages have the same words", () => {
    for (const other of LOCALES.filter((one) => one !== language)) {
      for (const kind of KINDS)
        expect(rendered(other, kind).subject).not.toBe(rendered(language, kind).subject);
    }
  });
});

test("what is put into HTML is escaped, and pieces of HTML are put in as they are", () => {
  const inner = html`<i>${"<&>"}</i>`;
  expect(html`<p title="${`"'`}">${inner}${[inner, inner]}${"x"}</p>`.html).toBe(
    `<p title="&quot;&#39;"><i>&lt;&amp;&gt;</i><i>&lt;&amp;&gt;</i><i>&lt;&amp;&gt;</i>x</p>`,
  );
});
