import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import autocannon from "autocannon";
import { openDatabase } from "../../db/client";
import { anApiKey, type Keys } from "../api-key";
import { urlOfEmbedded } from "../product-database";
import { makeDataDirectory, startProduct } from "../product-process";
import { startBareFramework } from "./bare-framework";
import { backendsOf, processorMs, serverOf } from "./process-time";
import { signIn } from "./signed-in";
import { logStatements } from "./statements";

/*
 * npm run bench:serve [-- --weights] [-- --json] [-- --steady] [-- --only=overview,rule]
 * What it takes to serve a page: requests a second beside an application that is nothing but the framework, in turns, three
 * times; with `--steady` until the middle half of a row's ratios lies within a tenth of the ratio. `--weights` only weighs the
 * answers and counts their statements.
 */

const ACCOUNT = "sms-ab12345-1";
const ACCOUNT_PATH = `/telecom/sms/${ACCOUNT}`;
const ROWS = [
  { name: "overview", path: ACCOUNT_PATH, as: "customer" },
  { name: "history", path: `${ACCOUNT_PATH}/history`, as: "customer" },
  { name: "rule", path: `${ACCOUNT_PATH}/options/automatic-recharge`, as: "customer" },
  { name: "packs", path: "/packs", as: "stranger" },
  { name: "destinations", path: "/destinations", as: "stranger" },
  { name: "sign-in", path: "/sign-in", as: "stranger" },
  { name: "GET /sms/{serviceName}", path: `/api/1.0/sms/${ACCOUNT}`, as: "program" },
] as const;

const CONNECTIONS = 8;
const COUNTED_TIMES = 3;
const MEASURED = { duration: 2 };
const WARM_UP_REQUESTS = 60;
const MIN_ROUNDS = 3;
const MAX_ROUNDS = 12;
const MAX_SPREAD = 0.1;

type Row = (typeof ROWS)[number];
type Headers = Readonly<Record<string, string>>;
/** Seconds, or requests. */
type Until = { readonly duration: number } | { readonly amount: number };
type Answer = { readonly htmlKb: number; readonly sentKb: number; readonly statements: number };
type Load = {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly serverMs: number | null;
  readonly postgresMs: number | null;
};

const isJson = process.argv.includes("--json");
const isSteadyWanted = process.argv.includes("--steady");
const only = process.argv.find((word) => word.startsWith("--only="))?.slice("--only=".length);
const rows = ROWS.filter(({ name }) => only === undefined || only.split(",").includes(name));

const dataDirectory = makeDataDirectory();
const most = "1000000";
const limits = { API_CALLS_PER_MINUTE: most, API_CALLS_PER_MINUTE_OF_ADDRESS: most, LOG_LEVEL: "warn" };
const product = startProduct(dataDirectory, limits);
try {
  const origin = await product.ready;
  const cookie = await signIn(origin, "cliente.it@demo.test");
  process.env["E2E_DATA_DIR"] = dataDirectory;
  const keys = await anApiKey("ab12345-ovh");
  const headersOf = ({ as, path }: Row): Headers => ({
    "accept-encoding": "gzip",
    "accept-language": "it",
    ...(as === "customer" ? { cookie } : as === "program" ? signed(keys, origin + path) : {}),
  });
  const answers = await weigh(origin, headersOf);
  if (process.argv.includes("--weights")) printWeights(answers);
  else printLoads(answers, await compare(origin, headersOf));
} finally {
  product.signal("SIGTERM");
  await product.ended;
  fs.rmSync(dataDirectory, { recursive: true, force: true });
}

/** After a first answer, which makes what is kept, the least of several: on a slow machine it has to be made again. */
async function weigh(origin: string, headersOf: (row: Row) => Headers): Promise<Map<Row, Answer>> {
  const log = await logStatements(dataDirectory);
  const answers = new Map<Row, Answer>();
  for (const row of rows) {
    await get(origin + row.path, headersOf(row));
    let answer = { sent: 0, html: 0 };
    const counts: number[] = [];
    for (let time = 0; time < COUNTED_TIMES; time += 1) {
      counts.push(await log.count(async () => (answer = await get(origin + row.path, headersOf(row)))));
    }
    const statements = Math.min(...counts);
    answers.set(row, { htmlKb: answer.html / 1000, sentKb: answer.sent / 1000, statements });
  }
  await log.stop();
  return answers;
}

async function get(url: string, headers: Headers): Promise<{ sent: number; html: number }> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(url, { headers }, resolve).on("error", reject);
  });
  const body = await buffer(response);
  if (response.statusCode !== 200)
    throw new Error(`${url} answered ${response.statusCode?.toString() ?? "nothing"}: ${body.toString()}`);
  const isPacked = response.headers["content-encoding"] === "gzip";
  return { sent: body.length, html: (isPacked ? gunzipSync(body) : body).length };
}

type Compared = {
  readonly loads: readonly Load[];
  readonly bareLoads: readonly Load[];
  readonly ratios: readonly number[];
};

/** Each row and its bare peer in turns, so that whatever else the machine does slows down both. */
async function compare(origin: string, headersOf: (row: Row) => Headers): Promise<Map<Row, Compared>> {
  const pool = openDatabase(urlOfEmbedded(dataDirectory), { as: "owner", max: 1, name: "bench" });
  const bare = await startBareFramework();
  const bareKeys: Keys = { appKey: "bare", appSecret: "secret", consumerKey: "consumer" };
  const loadBare = ({ as }: Row, until: Until) => {
    const url = as === "program" ? `${bare.origin}/signed` : bare.origin;
    const headers = { "accept-encoding": "gzip", ...(as === "program" ? signed(bareKeys, url) : {}) };
    return load(url, headers, until, { server: [bare.processId], postgres: [] });
  };
  const loadProduct = async (row: Row, until: Until) => {
    const processes = { server: serverOf(dataDirectory), postgres: await backendsOf(pool) };
    return load(origin + row.path, headersOf(row), until, processes);
  };
  try {
    const compared = new Map(rows.map((row) => [row, noLoads()]));
    for (const row of rows) {
      await loadBare(row, { amount: WARM_UP_REQUESTS });
      await loadProduct(row, { amount: WARM_UP_REQUESTS });
    }
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      for (const [row, { loads, bareLoads, ratios }] of compared) {
        const [bareLoad, own] = [await loadBare(row, MEASURED), await loadProduct(row, MEASURED)];
        loads.push(own);
        bareLoads.push(bareLoad);
        ratios.push(own.perSecond / bareLoad.perSecond);
      }
      process.stderr.write(".");
      const isSteady = [...compared.values()].every(({ ratios }) => spread(ratios) <= MAX_SPREAD);
      if (round >= MIN_ROUNDS && (isSteady || !isSteadyWanted)) break;
    }
    process.stderr.write("\n");
    return compared;
  } finally {
    await bare.stop();
    await pool.close();
  }
}

function noLoads(): { loads: Load[]; bareLoads: Load[]; ratios: number[] } {
  return { loads: [], bareLoads: [], ratios: [] };
}

async function load(
  url: string,
  headers: Headers,
  until: Until,
  processes: { readonly server: readonly number[]; readonly postgres: readonly number[] },
): Promise<Load> {
  const before = [processorMs(processes.server), processorMs(processes.postgres)];
  const result = await autocannon({ url, headers, connections: CONNECTIONS, ...until });
  const after = [processorMs(processes.server), processorMs(processes.postgres)];
  const answered = result["2xx"];
  if (answered === 0 || result.non2xx + result.errors > 0)
    throw new Error(`${url}: ${result.non2xx.toString()} refused, ${result.errors.toString()} failed`);
  const each = (index: 0 | 1) => {
    const [from, to] = [before[index] ?? null, after[index] ?? null];
    return from === null || to === null ? null : (to - from) / answered;
  };
  return {
    perSecond: answered / result.duration,
    p99Ms: result.latency.p99,
    serverMs: each(0),
    postgresMs: each(1),
  };
}

function signed({ appKey, appSecret, consumerKey }: Keys, url: string): Headers {
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const text = [appSecret, consumerKey, "GET", url, "", timestamp].join("+");
  return {
    "x-ovh-application": appKey,
    "x-ovh-consumer": consumerKey,
    "x-ovh-timestamp": timestamp,
    "x-ovh-signature": `$1$${createHash("sha1").update(text).digest("hex")}`,
  };
}

function at(numbers: readonly number[], share: number): number {
  return Float64Array.from(numbers).sort()[Math.round((numbers.length - 1) * share)] ?? 0;
}

function middle(numbers: readonly number[]): number {
  return at(numbers, 0.5);
}

/** How far apart the middle half lies, as a share of the middle. */
function spread(numbers: readonly number[]): number {
  return (at(numbers, 0.75) - at(numbers, 0.25)) / middle(numbers);
}

function printWeights(answers: ReadonlyMap<Row, Answer>): void {
  const figures = [...answers].map(([{ name }, answer]) => ({ name, ...answer }));
  if (isJson) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else table(["", "HTML kB", "sent kB", "queries"], figures.map(weightCells));
}

function weightCells({ name, htmlKb, sentKb, statements }: Answer & { readonly name: string }): string[] {
  return [name, htmlKb.toFixed(1), sentKb.toFixed(1), statements.toString()];
}

function printLoads(answers: ReadonlyMap<Row, Answer>, compared: ReadonlyMap<Row, Compared>): void {
  const figures = [...compared].flatMap(([row, { loads, bareLoads, ratios }]) => {
    const answer = answers.get(row);
    if (answer === undefined) return [];
    const of = (all: readonly Load[], pick: (each: Load) => number | null): number | null => {
      const known = all.map(pick).filter((value) => value !== null);
      return known.length === 0 ? null : middle(known);
    };
    return {
      name: row.name,
      perSecond: middle(loads.map(({ perSecond }) => perSecond)),
      barePerSecond: middle(bareLoads.map(({ perSecond }) => perSecond)),
      ofBare: middle(ratios),
      spread: spread(ratios),
      serverMs: of(loads, ({ serverMs }) => serverMs),
      bareServerMs: of(bareLoads, ({ serverMs }) => serverMs),
      postgresMs: of(loads, ({ postgresMs }) => postgresMs),
      p99Ms: middle(loads.map(({ p99Ms }) => p99Ms)),
      ...answer,
    };
  });
  if (isJson) {
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return;
  }
  const heading = ["", "req/s", "bare", "of bare", "spread", "CPU ms", "bare", "PostgreSQL", "p99 ms"];
  const text = (ms: number | null) => ms?.toFixed(1) ?? "—";
  table(
    [...heading, "HTML kB", "sent kB", "queries"],
    figures.map((row) => [
      row.name,
      row.perSecond.toFixed(0),
      row.barePerSecond.toFixed(0),
      row.ofBare.toFixed(2),
      `${(row.spread * 100).toFixed(0)} %`,
      text(row.serverMs),
      text(row.bareServerMs),
      text(row.postgresMs),
      row.p99Ms.toFixed(0),
      ...weightCells(row).slice(1),
    ]),
  );
}

function table(heading: readonly string[], lines: readonly (readonly string[])[]): void {
  const all = [heading, ...lines];
  const widths = heading.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  for (const line of all) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`${cells.join("  ")}\n`);
  }
}
