import { createTranslator } from "next-intl";
import { expect } from "vitest";
import { openDatabase, type Pool } from "@/db/client";
import type { TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { explanationText, type ExplanationTranslator } from "@/lib/i18n/explanation-text";
import type { Locale } from "@/lib/i18n/locales";
import en from "@/lib/i18n/messages/en/explain.json";
import fr from "@/lib/i18n/messages/fr/explain.json";
import it from "@/lib/i18n/messages/it/explain.json";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { makeFixture, type Fixture, MINUTE_MS, rule, runUntilIdle } from "@/lib/recharge/recharge.testing";
import { valueOf } from "@/lib/failure";
import { type Asked, type Explained, explainMoment } from "./service";

/** Before anything that the clock of a fixture shows. */
const LONG_AGO = new Date("2026-10-01T08:00:00Z");

/** A customer's account whose first balance is older than its story, which begins on 2 November at 10:00 in Rome. */
export const aStory = (database: TestDatabase, balance = "100"): Promise<Fixture> =>
  makeFixture(database, { balance, createdAt: LONG_AGO });

/** Moves the clock on, and lets the worker do what is due. */
export async function after(fixture: Fixture, ms: number): Promise<void> {
  fixture.clock.advance(ms);
  await runUntilIdle(fixture);
}

/** Asks as support does: through the role that only reads. */
export class Inquiry {
  readonly #pool: Pool;

  constructor(database: TestDatabase) {
    this.#pool = openDatabase(database.url, { as: "support", max: 3, name: "test inquiry" });
  }

  readonly close = (): Promise<void> => this.#pool.close();

  async ask(fixture: Fixture, asked: Asked): Promise<Explained> {
    return valueOf(await explainMoment(this.contextOf(fixture), fixture.key, asked));
  }

  contextOf(fixture: Fixture): Context {
    return {
      caller: { kind: "support", userId: "inquirer", right: "support" },
      db: this.#pool.db,
      now: fixture.clock.now,
    };
  }
}

const MESSAGES = { it, fr, en };

/** The paragraphs of the letter, with names and numbers of this run replaced by those of every run. */
export function letter(explained: Explained, locale: Locale): string[] {
  const messages = { explain: MESSAGES[locale] };
  const t: ExplanationTranslator = createTranslator({ locale, messages, namespace: "explain" });
  const text = explanationText(t, { locale, timeZone: explained.account.timeZone }, explained);
  const orders = [...new Set([...text.matchAll(/\b1\d{5}\b/g)].map(([number]) => number))];
  const named = orders.reduce(
    (told, order, index) => told.replaceAll(order, `#${(index + 1).toString()}`),
    text,
  );
  return named
    .replaceAll(explained.account.serviceName, "sms-1")
    .replaceAll(/\u00a0|\u202f/g, " ")
    .split("\n\n");
}

/** What happened and when, by the clock in Rome. */
export const chain = (explained: Explained): string[] =>
  explained.steps.map(({ at, key }) => `${clock(at)} ${key}`);

export const clock = (at: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome", timeStyle: "medium" }).format(new Date(at));

/** The letter says all of this, in this order. */
export function expectLetter(told: Explained, locale: Locale, sentences: readonly string[]): void {
  const text = letter(told, locale).join("\n");
  expect(sentences.filter((sentence) => !text.includes(sentence))).toEqual([]);
  const places = sentences.map((sentence) => text.indexOf(sentence));
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

/** An account at 100 with a rule at 60 for 100 credits, a minute after it was set. */
export async function aRuledStory(database: TestDatabase, ...behaviours: string[]): Promise<Fixture> {
  const fixture = await aStory(database);
  await rule(fixture, "60", "100");
  await instructSandbox(database.db, fixture.token, behaviours);
  await after(fixture, MINUTE_MS);
  return fixture;
}
