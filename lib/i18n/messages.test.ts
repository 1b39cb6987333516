import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator, type RichTagsFunction } from "next-intl";
import { describe, expect, test } from "vitest";
import { formatCredits, pluralOf } from "../format";
import { LOCALES } from "./locales";
import { messageCallsIn, messageCallsOf } from "./message-calls.testing";
import { NAMESPACES } from "./messages";

type Value = string | number | RichTagsFunction;
const folder = path.join(import.meta.dirname, "messages");

/** Every message of a language by its whole key. Throws for what is neither text nor a group of texts. */
function messagesOf(locale: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (prefix: string, value: unknown) => {
    if (typeof value === "string") found.set(prefix, value);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, below] of Object.entries(value)) walk(`${prefix}.${key}`, below);
    } else throw new Error(`${locale} ${prefix} is no text`);
  };
  for (const namespace of NAMESPACES) {
    const file: unknown = JSON.parse(readFileSync(path.join(folder, locale, `${namespace}.json`), "utf8"));
    walk(namespace, file);
  }
  return found;
}

type Arguments = {
  /** What the reader sees: names of arguments, and tags. */
  shown: Set<string>;
  /** What only chooses a form, by plural or select. Another language may have one form for all. */
  chooses: Map<string, string>;
};

/** `{count, plural, one {…} other {# …}}` shows "count", and chooses by it; `<b>` shows "<b>". */
function argumentsOf(message: string): Arguments {
  const shown = new Set<string>([...message.matchAll(/<[a-z]\w*>/gi)].map(([tag]) => tag));
  const chooses = new Map<string, string>();
  const read = (text: string) => {
    for (let at = text.indexOf("{"); at !== -1; at = text.indexOf("{", at)) {
      let depth = 1;
      let end = at + 1;
      while (depth > 0 && end < text.length) depth += { "{": 1, "}": -1 }[text.charAt(end++)] ?? 0;
      const inside = text.slice(at + 1, end - 1);
      const [name = "", kind] = inside.split(",", 2).map((part) => part.trim());
      if (kind === undefined || inside.includes("#")) shown.add(name);
      if (kind !== undefined) {
        chooses.set(name, kind);
        for (const branch of branchesOf(inside)) read(branch);
      }
      at = end;
    }
  };
  read(message);
  return { shown, chooses };
}

function branchesOf(inside: string): string[] {
  const branches: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < inside.length; at += 1) {
    if (inside[at] === "{" && depth++ === 0) from = at + 1;
    if (inside[at] === "}" && --depth === 0) branches.push(inside.slice(from, at));
  }
  return branches;
}

const italian = messagesOf("it");

describe("where a message is rendered", () => {
  const root = path.join(import.meta.dirname, "../..");
  const calls = ["app", "components", "lib"].flatMap((name) => messageCallsIn(path.join(root, name)));

  test("its key has a message", () => {
    expect(calls.length).toBeGreaterThan(700);
    expect(calls.filter(({ key }) => !italian.has(key))).toEqual([]);
  });

  test("it gets each value that the message shows or chooses by", () => {
    expect(calls.filter(({ values }) => values !== null && values.length > 0).length).toBeGreaterThan(150);
    expect(calls.filter((call) => missingIn(call).length > 0)).toEqual([]);
  });

  test("a forgotten value is found, in whichever way the translator is made and called", () => {
    const found = messageCallsOf(
      "page.tsx",
      `async function Page() {
        const [t, tOther] = await Promise.all([getTranslations("transfers"), getTranslations({ locale, namespace: "shell" })]);
        const inner = () => { const t = useTranslations("ui"); return t("none"); };
        return [t("option", { name, balance: 1, ...{ serviceName } }), tOther.rich(is ? "a" : "b", values)];
      }`,
    );
    expect(found.map(({ key, values }) => [key, values])).toEqual([
      ["ui.none", []],
      ["transfers.option", ["name", "balance", "serviceName"]],
      ["shell.a", null],
      ["shell.b", null],
    ]);
    expect(found.map(missingIn)).toEqual([[], ["n"], [], []]);
  });

  function missingIn({ key, values }: ReturnType<typeof messageCallsOf>[number]): string[] {
    if (values === null) return [];
    const { shown, chooses } = argumentsOf(italian.get(key) ?? "");
    const needed = [...shown, ...chooses.keys()].map((name) => name.replace(/[<>]/g, ""));
    return [...new Set(needed)].filter((name) => !values.includes(name));
  }
});

test("there are messages, and a folder for each language", () => {
  expect(italian.size).toBeGreaterThan(100);
  expect(readdirSync(folder).sort()).toEqual([...LOCALES].sort());
});

test("no Italian message puts an article before what may begin with a vowel: it is l’8 novembre, dall’11", () => {
  const wrong = [...italian].filter(([, text]) =>
    /(^|[ (])(il|al|dal|del|nel|sul|lo|la) (<b>)?\{/.test(text),
  );
  expect(wrong).toEqual([]);
});

describe.each(LOCALES)("%s", (locale) => {
  const messages = messagesOf(locale);

  test("has a file for each namespace, and no other", () => {
    const files = readdirSync(path.join(folder, locale)).sort();
    expect(files).toEqual(NAMESPACES.map((namespace) => `${namespace}.json`).sort());
  });

  test("has the keys of Italian, and no others", () => {
    expect([...messages.keys()].sort()).toEqual([...italian.keys()].sort());
  });

  test("has no empty message, none with spaces around it, and no straight apostrophe", () => {
    const wrong = [...messages].filter(([, text]) => text.trim() === "" || text !== text.trim());
    expect(wrong).toEqual([]);
    // ICU reads "'" as a quote, which swallows what follows; and good typography has "’".
    expect([...messages].filter(([, text]) => text.includes("'"))).toEqual([]);
  });

  test("shows in each message what Italian shows, and chooses by nothing else", () => {
    for (const [key, text] of messages) {
      const own = argumentsOf(text);
      const model = argumentsOf(italian.get(key) ?? "");
      expect([...own.shown].sort(), key).toEqual([...model.shown].sort());
      const known = [...model.shown, ...model.chooses.keys()];
      expect(known, key).toEqual(expect.arrayContaining([...own.chooses.keys()]));
    }
  });

  test("has messages that can be read, for none, for one, for several and for many", () => {
    for (const [key, text] of messages) {
      const t = createTranslator({ locale, messages: { text }, onError: raise });
      const { shown, chooses } = argumentsOf(text);
      for (const number of [0, 1, 2, 1_000_000]) {
        const values = Object.fromEntries(
          [...shown, ...chooses.keys()].map((name): [string, Value] => {
            const tag = /^<(\w+)>$/.exec(name)?.[1];
            if (tag !== undefined) return [tag, (chunks) => chunks];
            return [name, chooses.get(name) === "plural" ? number : "x"];
          }),
        );
        expect(() => t.rich("text", values), key).not.toThrow();
      }
    }
  });
});

test.each<[(typeof LOCALES)[number], string, string[], RegExp]>([
  ["it", "messages.problems.insufficient", ["1", "1.4"], /serve 1 credito e ce ne sono 1,4/],
  ["it", "messages.problems.insufficient", ["1.4", "1"], /servono 1,4 crediti e ce n’è 1/],
  ["fr", "messages.problems.insufficient", ["0.7", "0"], /il faut 0,7 crédit et il en reste 0/],
  ["en", "messages.problems.insufficient", ["1", "0.3"], /1 credit is needed and 0.3 are left/],
  ["fr", "shell.balance", ["0"], /^0 crédit$/],
  ["it", "shell.balance", ["1"], /^1 credito$/],
  ["fr", "transfers.doneTitle", ["1.5"], /^1,5 crédit transféré$/],
  ["it", "support.corrections.credits", ["-1"], /^-1 credito$/],
])("in %s, %s says %j well", (locale, key, [amount = "", other = ""], expected) => {
  const t = createTranslator({
    locale,
    messages: { text: messagesOf(locale).get(key) ?? "" },
    onError: raise,
  });
  const shown = formatCredits(locale, amount);
  const values = {
    credits: shown,
    amount: shown,
    requested: shown,
    n: pluralOf(amount),
    ...(other !== "" && { available: formatCredits(locale, other), availableN: pluralOf(other) }),
  };
  expect(t("text", values)).toMatch(expected);
});

/** What is bought at once is a hundred credits or more; so named, an amount needs no singular. */
const BOUGHT = /^(quantity|oldQuantity|count)$/;
const OF_PURCHASES = /^(recharge|orders|packs|explain|accounts|ledger.plot.(recharge|purchase)Dot)/;

test.each(LOCALES)("in %s, what may be one credit or less chooses between one and several", (locale) => {
  const wrong = [...messagesOf(locale)].filter(([key, text]) => {
    const named = [...text.matchAll(/\{(\w+)\}(?:<\/b>)? (?:crediti|crédits|credits)\b/g)];
    return !OF_PURCHASES.test(key) && named.some(([, name = ""]) => !BOUGHT.test(name));
  });
  expect(wrong).toEqual([]);
});

function raise(error: Error): never {
  throw error;
}
