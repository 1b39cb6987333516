// Sums what the two test runners wrote about themselves.
import fs from "node:fs";

const read = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null);
const units = read(".artifacts/vitest.json");
const browser = read(".artifacts/playwright.json");

const passed = (units?.numPassedTests ?? 0) + (browser?.stats.expected ?? 0) + (browser?.stats.flaky ?? 0);
const failed = (units?.numFailedTests ?? 0) + (browser?.stats.unexpected ?? 0);
// A file that could not even be loaded holds no tests to count.
const broken = (units?.testResults ?? []).filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
console.log(`${passed} passed, ${failed + broken} failed`);
