import { gzipSync } from "node:zlib";
import { type BrowserContext, chromium } from "playwright/test";
import { BROWSER_ARGUMENTS, chooseBrowser } from "../choose-browser";
import startProduct from "../product.setup";
import { startBareFramework } from "./bare-framework";

/*
 * npm run bench:pages [-- --json]
 * What each page ships to a browser that has nothing yet: JavaScript and styles, compressed by gzip. Pages that the
 * browser fetches ahead, because they are linked, are not counted: they are weighed as themselves. The last column is
 * what a page ships over an application of one page that says one word, built and weighed in the same run.
 */

const ACCOUNT = "/telecom/sms/sms-ab12345-1";
const PUBLIC_PAGES = ["/sign-in", "/packs", "/destinations"];
const CUSTOMER_PAGES = [
  "/telecom",
  "/telecom/sms",
  ACCOUNT,
  `${ACCOUNT}/send`,
  `${ACCOUNT}/history`,
  `${ACCOUNT}/packs`,
  `${ACCOUNT}/options`,
  `${ACCOUNT}/options/automatic-recharge`,
  "/account",
];
const SUPPORT_PAGES = ["/support"];
const PASSWORD = "ricarica-demo";

type Weight = { readonly page: string; readonly jsKb: number; readonly cssKb: number };

const isJson = process.argv.includes("--json");
const bare = isJson ? null : await startBareFramework();
const stopProduct = await startProduct();
const browser = await chromium.launch({ executablePath: chooseBrowser(), args: BROWSER_ARGUMENTS });
try {
  const weights = [
    ...(await weigh(await visit(null), PUBLIC_PAGES)),
    ...(await weigh(await visit("cliente.it@demo.test"), CUSTOMER_PAGES)),
    ...(await weigh(await visit("support@demo.test"), SUPPORT_PAGES)),
  ];
  print(weights, bare && (await weighPage(await browser.newContext({ baseURL: bare.origin }), "/")));
} finally {
  await browser.close();
  await stopProduct();
  await bare?.stop();
}

async function visit(email: string | null): Promise<BrowserContext> {
  const origin = process.env["E2E_ORIGIN"];
  if (origin === undefined) throw new Error("The product did not say where it is.");
  const context = await browser.newContext({ baseURL: origin, locale: "it-IT" });
  if (email === null) return context;
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("#password").press("Enter");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.close();
  return context;
}

async function weigh(context: BrowserContext, paths: readonly string[]): Promise<Weight[]> {
  const weights: Weight[] = [];
  for (const path of paths) weights.push(await weighPage(context, path));
  await context.close();
  return weights;
}

async function weighPage(context: BrowserContext, path: string): Promise<Weight> {
  const page = await context.newPage();
  const sizes: Promise<{ kind: "js" | "css" | null; bytes: number }>[] = [];
  await page.route(
    () => true,
    (route, request) => (request.headers()["rsc"] === undefined ? route.continue() : route.abort()),
  );
  page.on("response", (response) => {
    const type = response.request().resourceType();
    const kind = type === "script" ? "js" : type === "stylesheet" ? "css" : null;
    if (kind === null || !response.ok()) return;
    sizes.push(
      response.body().then(
        (body) => ({ kind, bytes: gzipSync(body).length }),
        () => ({ kind: null, bytes: 0 }),
      ),
    );
  });
  const answer = await page.goto(path, { waitUntil: "load" });
  if (answer?.status() !== 200)
    throw new Error(`${path} answered ${answer?.status().toString() ?? "nothing"}`);
  // Chunks that are asked for once the page has woken up.
  await page.waitForTimeout(1500);
  const found = await Promise.all(sizes);
  await page.close();
  const kilobytes = (wanted: "js" | "css") =>
    Math.round(found.reduce((sum, { kind, bytes }) => sum + (kind === wanted ? bytes : 0), 0) / 100) / 10;
  return { page: path, jsKb: kilobytes("js"), cssKb: kilobytes("css") };
}

function print(weights: readonly Weight[], bareWeight: Weight | null): void {
  if (bareWeight === null) {
    process.stdout.write(`${JSON.stringify(weights)}\n`);
    return;
  }
  const width = Math.max(...weights.map(({ page }) => page.length));
  const line = (page: string, ...figures: string[]) =>
    process.stdout.write(`${[page.padEnd(width), ...figures.map((text) => text.padStart(9))].join("  ")}\n`);
  line("gzip kB", "JS", "CSS", "over bare");
  line("bare framework", bareWeight.jsKb.toFixed(1), bareWeight.cssKb.toFixed(1), "");
  for (const { page, jsKb, cssKb } of weights) {
    line(page, jsKb.toFixed(1), cssKb.toFixed(1), (jsKb - bareWeight.jsKb).toFixed(1));
  }
}
