import type access from "./messages/it/access.json";
import type accounts from "./messages/it/accounts.json";
import type delivery from "./messages/it/delivery.json";
import type explain from "./messages/it/explain.json";
import type errors from "./messages/it/errors.json";
import type ledger from "./messages/it/ledger.json";
import type mail from "./messages/it/mail.json";
import type messages from "./messages/it/messages.json";
import type orders from "./messages/it/orders.json";
import type payments from "./messages/it/payments.json";
import type problems from "./messages/it/problems.json";
import type recharge from "./messages/it/recharge.json";
import type shell from "./messages/it/shell.json";
import type support from "./messages/it/support.json";
import type ui from "./messages/it/ui.json";
import type destinations from "./messages/it/destinations.json";
import type mix from "./messages/it/mix.json";
import type packs from "./messages/it/packs.json";
import type prices from "./messages/it/prices.json";
import type consoleMessages from "./messages/it/console.json";
import type credentials from "./messages/it/credentials.json";
import type transfers from "./messages/it/transfers.json";
import type { Locale } from "./locales";

/** The messages as Italian has them; a test holds the other languages to the same keys and arguments. */
export type Messages = {
  access: typeof access;
  transfers: typeof transfers;
  credentials: typeof credentials;
  console: typeof consoleMessages;
  accounts: typeof accounts;
  delivery: typeof delivery;
  errors: typeof errors;
  explain: typeof explain;
  ledger: typeof ledger;
  mail: typeof mail;
  messages: typeof messages;
  orders: typeof orders;
  payments: typeof payments;
  problems: typeof problems;
  recharge: typeof recharge;
  shell: typeof shell;
  support: typeof support;
  destinations: typeof destinations;
  mix: typeof mix;
  packs: typeof packs;
  prices: typeof prices;
  ui: typeof ui;
};

export type Namespace = keyof Messages;

const EVERY_NAMESPACE = {
  access: true,
  transfers: true,
  credentials: true,
  console: true,
  accounts: true,
  delivery: true,
  errors: true,
  explain: true,
  ledger: true,
  mail: true,
  messages: true,
  orders: true,
  payments: true,
  problems: true,
  recharge: true,
  shell: true,
  support: true,
  destinations: true,
  mix: true,
  packs: true,
  prices: true,
  ui: true,
} as const satisfies Record<Namespace, true>;

/** One namespace to a slice, one file to a namespace and language. */
export const NAMESPACES = Object.keys(EVERY_NAMESPACE).filter(isNamespace);

function isNamespace(name: string): name is Namespace {
  return name in EVERY_NAMESPACE;
}

const loaded = new Map<Locale, Promise<Record<string, unknown>>>();

/** All messages of one language. The server keeps them; the browser gets the namespaces that a page names. */
export function loadMessages(locale: Locale): Promise<Record<string, unknown>> {
  const known = loaded.get(locale) ?? readMessages(locale);
  loaded.set(locale, known);
  return known;
}

async function readMessages(locale: Locale): Promise<Record<string, unknown>> {
  const entries = await Promise.all(
    NAMESPACES.map(async (namespace) => {
      const file = (await import(`./messages/${locale}/${namespace}.json`)) as { default: unknown };
      return [namespace, file.default] as const;
    }),
  );
  return Object.fromEntries<unknown>(entries);
}

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
