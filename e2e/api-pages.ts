import type { Locator, Page } from "playwright/test";
import type { Pool } from "../db/client";
import { expect, type Customer } from "./fixtures";

export const TEXTS = {
  it: {
    locale: "it-IT",
    menu: /Il tuo account/,
    keys: "Chiavi API",
    newApplication: "Nuova applicazione",
    name: "Nome",
    nameMissing: "Scrivi un nome.",
    description: "Descrizione",
    createApplication: "Crea l’applicazione",
    secret: "Copia Application secret",
    copied: "Le ho copiate",
    asks: "Negozio chiede di agire a tuo nome",
    sending: "Inviare un messaggio",
    spends: "Potrà spendere i tuoi crediti o il tuo denaro.",
    allow: "Consenti",
    active: "Attiva",
    revoke: "Revoca",
    revoked: "Revocata",
    execute: "Esegui",
    really: "Eseguire davvero?",
    missing: "Compila questo campo.",
    moved: /^10,5 crediti passeranno/,
    done: "Riuscita",
    refused: "Rifiutata",
    headers: "Intestazioni",
    code: "Codice",
    target: "Account che riceve",
    credits: "Crediti da trasferire",
    creditsOfNone: "crediti",
    amount: "10,5",
    transfer: "Trasferisci",
    targetMissing: /Scegli l’account/,
    preview: /89,5/,
    transferred: "Trasferiti 10,5 crediti",
    again: "Altro trasferimento",
    history: "Vedi lo storico",
    left: "-10,5",
  },
  en: {
    locale: "en-GB",
    menu: /Your account/,
    keys: "API keys",
    newApplication: "New application",
    name: "Name",
    nameMissing: "Write a name.",
    description: "Description",
    createApplication: "Create the application",
    secret: "Copy Application secret",
    copied: "I have copied them",
    asks: "Negozio asks to act in your name",
    sending: "Send a message",
    spends: "It will be able to spend your credits or your money.",
    allow: "Allow",
    active: "Active",
    revoke: "Revoke",
    revoked: "Revoked",
    execute: "Execute",
    really: "Really execute?",
    missing: "Fill in this field.",
    moved: /^10\.5 credits will go/,
    done: "Done",
    refused: "Refused",
    headers: "Headers",
    code: "Code",
    target: "Account that receives",
    credits: "Credits to transfer",
    creditsOfNone: "credits",
    amount: "10.5",
    transfer: "Transfer",
    targetMissing: /Choose the account/,
    preview: /89\.5/,
    transferred: "10.5 credits transferred",
    again: "Another transfer",
    history: "See the history",
    left: "-10.5",
  },
} as const;

/** Tab, as a reader without a mouse would, until the control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${control.toString()}`);
}

export async function makeApplication(page: Page, texts: (typeof TEXTS)["it" | "en"]) {
  await page.getByRole("button", { name: texts.newApplication }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(texts.name).fill("Negozio");
  await dialog.getByLabel(texts.description).fill("Avvisa i clienti");
  await dialog.getByRole("button", { name: texts.createApplication }).click();
  await expect(dialog.getByRole("button", { name: texts.secret })).toBeVisible({ timeout: 15_000 });
  const [appKey = "", appSecret = ""] = await dialog
    .getByRole("definition")
    .locator("code")
    .allTextContents();
  return { appKey, appSecret };
}

/** As a program asks for a key; answers where the customer decides. */
export async function askForKey(page: Page, appKey: string, redirection?: string) {
  const rules = [
    { method: "GET", path: "/sms" },
    { method: "POST", path: "/sms/*/jobs" },
  ];
  const asked = await page.request.post("/api/1.0/auth/credential", {
    headers: { "X-Ovh-Application": appKey },
    data: { accessRules: rules, ...(redirection !== undefined && { redirection }) },
  });
  return (await asked.json()) as { consumerKey: string; validationUrl: string };
}

export const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

export async function fillTransfer(page: Page, { serviceName }: Customer, target: string): Promise<void> {
  await page.getByLabel(/serviceName/).selectOption(serviceName);
  await page.getByLabel(/^credits/).fill("1");
  await page.getByLabel(/smsAccountTarget/).selectOption(target);
}

export async function balanceOf(pool: Pool, serviceName: string): Promise<bigint> {
  const [row] = await pool.sql<{ balance: bigint }[]>`
    select balance from ledger_accounts where service_name = ${serviceName}`;
  return row?.balance ?? -1n;
}
