// Sums what the test runners wrote about themselves, each in its two runs.
import fs from "node:fs";

const read = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null);
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
const units = ["vitest", "vitest-long"].map((name) => read(`.artifacts/${name}.json`));
const browser = ["playwright", "playwright-long"].map((name) => read(`.artifacts/${name}.json`)?.stats);

const passed = sum([
  ...units.map((run) => run?.numPassedTests ?? 0),
  ...browser.map((run) => (run?.expected ?? 0) + (run?.flaky ?? 0)),
]);
const failed = sum([
  ...units.map((run) => run?.numFailedTests ?? 0),
  ...browser.map((run) => run?.unexpected ?? 0),
]);
// A file that could not even be loaded holds no tests to count.
const broken = units
  .flatMap((run) => run?.testResults ?? [])
  .filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;

/** The browser's cases that passed only the second time, wherever they are nested. */
const flaky = (suite) => [
  ...(suite.specs ?? []).filter(({ tests }) => tests.some(({ status }) => status === "flaky")),
  ...(suite.suites ?? []).flatMap(flaky),
];
for (const name of ["playwright", "playwright-long"]) {
  const run = read(`.artifacts/${name}.json`);
  for (const { file, title } of run === null ? [] : flaky(run)) console.log(`flaky: ${file} › ${title}`);
}
console.log(`${passed} passed, ${failed + broken} failed`);
