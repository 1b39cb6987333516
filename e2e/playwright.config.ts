import os from "node:os";
import { defineConfig, devices } from "playwright/test";
import { BROWSER_ARGUMENTS, chooseBrowser } from "./choose-browser";

// Chosen once; the workers, which read this file too, find it in the environment.
process.env["PLAYWRIGHT_CHROMIUM"] ||= chooseBrowser();

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  globalSetup: "./product.setup.ts",
  outputDir: "../.artifacts/e2e",
  snapshotPathTemplate: "{testDir}/{testFileName}-{arg}{ext}",
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  // What passes only the second time is listed as flaky, and is a fault of the test or of the product to mend.
  retries: process.env["CI"] === undefined ? 0 : 1,
  // More of them only wait for the one server that they all ask.
  workers: Math.min(os.availableParallelism(), 6),
  // For a machine that does the rest of `npm test` beside it.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../.artifacts/playwright.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env["E2E_ORIGIN"],
    locale: "it-IT",
    timezoneId: "Europe/Rome",
    viewport: { width: 1280, height: 900 },
    // A recording of every test costs a fifth of the run; `--trace on` makes one where it is wanted.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env["PLAYWRIGHT_CHROMIUM"], args: BROWSER_ARGUMENTS },
  },
});
