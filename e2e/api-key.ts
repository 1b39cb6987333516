import { spawn } from "node:child_process";
import { once } from "node:events";

/** What a command said, and how it ended. */
export type Ran = { readonly stdout: string; readonly stderr: string; readonly code: number | null };

/** Runs `npm run -s api-key` beside the product that is being tested. */
export async function runApiKey(...words: readonly string[]): Promise<Ran> {
  const environment = { ...process.env, DATA_DIR: process.env["E2E_DATA_DIR"] };
  for (const name of ["NODE_OPTIONS", "DATABASE_URL"]) Reflect.deleteProperty(environment, name);
  const given = process.env["E2E_DATABASE_URL"];
  const child = spawn("npm", ["run", "-s", "api-key", "--", ...words], {
    env: { ...environment, ...(given !== undefined && { DATABASE_URL: given }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (said[name] += text));
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { ...said, code };
}

export type Keys = { appKey: string; appSecret: string; consumerKey: string };

/** A key of a customer that works at once, with all rules unless some are given, under the official clients' names. */
export async function anApiKey(customerId: string, ...rules: readonly string[]): Promise<Keys> {
  const ran = await runApiKey("--customer", customerId, ...rules.flatMap((rule) => ["--rule", rule]));
  if (ran.code !== 0) throw new Error(`no key for ${customerId}: ${ran.stderr}`);
  const made = JSON.parse(ran.stdout) as Record<string, string>;
  const { applicationKey = "", applicationSecret = "", consumerKey = "" } = made;
  return { appKey: applicationKey, appSecret: applicationSecret, consumerKey };
}
