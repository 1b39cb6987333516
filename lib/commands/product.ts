import { setTimeout as sleep } from "node:timers/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { originOf, type Settings } from "@/lib/env";
import { ensureBuild } from "./build";
import { type Child, keepChild, startChild } from "./children";
import { prepareDatabase, type PreparedDatabase } from "./database";
import { demoState } from "./demo-state";
import { nextCommand } from "./next-command";
import { choosePort } from "./port";
import { keptSecret } from "./secret";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The arguments for `node` that run one of the commands beside this file. */
export function ownCommand(name: string): readonly string[] {
  return ["--conditions=react-server", "--import=tsx", `lib/commands/${name}.ts`];
}

/** What runs, for the one who stops it. Filled as the start goes on, so that a start can be stopped half-way. */
export type Running = { readonly children: Child[]; readonly databases: PreparedDatabase[] };

export type Started = { readonly origin: string; readonly hasDemo: boolean };

/** Starts the database, the server and the worker, each when what it needs is there. */
export async function startProduct(
  asked: Settings,
  mode: "production" | "development",
  running: Running,
  report: (line: string) => void,
): Promise<Started> {
  // Now, so that a port that is taken is told before a build; and again when all is ready for it.
  if (asked.portIsSet) await choosePort(asked.host, asked.port, true, report);
  const [database, buildDirectory] = await Promise.all([
    openPrepared(asked, running, report),
    mode === "production" ? ensureBuild(ROOT, commonEnvironment(asked, mode), report) : null,
  ]);
  const port = await choosePort(asked.host, asked.port, asked.portIsSet, report);
  const settings = { ...asked, port };
  const environment = {
    ...commonEnvironment(settings, mode),
    DATABASE_URL: database.url,
    DATABASE_URL_STAFF: database.staffUrl,
    // They need no more rights than those of their own work.
    DATABASE_URL_OWNER: "",
    ...(buildDirectory !== null && { BUILD_DIRECTORY: buildDirectory }),
  };
  if (database.isEmbedded && (await demoState(database.ownerUrl)) === "missing") {
    await fillWithDemo(environment, running, report);
  }
  const at = ["-H", settings.host, "-p", port.toString()];
  const server = () =>
    mode === "production"
      ? startChild("server", nextCommand("start", ...at), environment, "hidden")
      : startChild("server", nextCommand("dev", ...at), environment);
  running.children.push(
    keepChild(server, report),
    keepChild(() => startChild("worker", ownCommand("worker"), environment), report),
  );
  await untilItAnswers(originOf({ ...settings, appUrl: null }));
  return { origin: originOf(settings), hasDemo: (await demoState(database.ownerUrl)) === "there" };
}

/** For every process of the product but the address of the database. */
export function commonEnvironment(settings: Settings, mode: "production" | "development"): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: settings.port.toString(),
    HOST: settings.host,
    APP_URL: originOf(settings),
    DATA_DIR: settings.dataDirectory,
    AUTH_SECRET: settings.authSecret ?? keptSecret(path.join(settings.dataDirectory, "auth-secret")),
  };
}

async function openPrepared(
  settings: Settings,
  running: Running,
  report: (line: string) => void,
): Promise<PreparedDatabase> {
  const database = await prepareDatabase(settings, report);
  running.databases.push(database);
  return database;
}

async function fillWithDemo(
  environment: NodeJS.ProcessEnv,
  running: Running,
  report: (line: string) => void,
): Promise<void> {
  report("Making the demo customers …");
  const demo = startChild("demo", ownCommand("demo"), environment, "hidden");
  running.children.push(demo);
  const end = await demo.ended;
  if (end !== "code 0") report(`The demo data could not be made (${end}).`);
}

async function untilItAnswers(address: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      await fetch(`${address}/sign-in`, { redirect: "manual", signal: AbortSignal.timeout(60_000) });
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`The server does not answer at ${address}.`, { cause: error });
      await sleep(100);
    }
  }
}
