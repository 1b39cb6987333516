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
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../.artifacts/playwright.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env["E2E_ORIGIN"],
    locale: "it-IT",
    timezoneId: "Europe/Rome",
    viewport: { width: 1280, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env["PLAYWRIGHT_CHROMIUM"], args: BROWSER_ARGUMENTS },
  },
});
