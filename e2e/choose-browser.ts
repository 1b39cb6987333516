import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "playwright/test";

/** Background traffic of a browser that tests need none of. As root its sandbox cannot work. */
export const BROWSER_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium that starts: PLAYWRIGHT_CHROMIUM, the one that Playwright downloaded, or one of the system.
 * If there is none, Playwright's download is tried, and as root on Debian the system's package.
 */
export function chooseBrowser(): string {
  const found = findBrowser();
  if (found !== null) return found;
  say("No Chromium found; asking Playwright to download one.");
  run("npx", ["--no-install", "playwright", "install", "chromium", "--only-shell"]);
  const downloaded = findBrowser();
  if (downloaded !== null) return downloaded;
  if (process.getuid?.() === 0 && fs.existsSync("/etc/debian_version")) {
    say("Installing Debian's package.");
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
    const installed = findBrowser();
    if (installed !== null) return installed;
  }
  throw new Error(
    "There is no Chromium. Set PLAYWRIGHT_CHROMIUM to one, or run `npx playwright install chromium`.",
  );
}

function findBrowser(): string | null {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const candidates = [
    process.env["PLAYWRIGHT_CHROMIUM"] ?? "",
    chromium.executablePath(),
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...PLACES,
  ];
  return candidates.find((file) => file !== "" && fs.existsSync(file) && starts(file)) ?? null;
}

function starts(file: string): boolean {
  return spawnSync(file, ["--version", "--no-sandbox"], { timeout: 20_000 }).status === 0;
}

function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(command, args, { stdio: ["ignore", 2, 2], timeout: 300_000, env });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
