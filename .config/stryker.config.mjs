/** Breaks the code of the files below on purpose, one place at a time; a break that no test notices survives. */
export default {
  testRunner: "vitest",
  vitest: { configFile: ".config/vitest.mutants.config.ts" },
  mutate: ["lib/accounts/watch-rules.ts", "lib/ovh/signature.ts", "lib/ovh/wire/amounts.ts"],
  ignorePatterns: ["/.next*", "/.artifacts", "/e2e", "/public", "/docs"],
  coverageAnalysis: "perTest",
  // What is computed once, when a file is loaded, would need a new process for each break: ten times as long.
  ignoreStatic: true,
  tempDirName: ".artifacts/stryker",
  reporters: ["clear-text", "progress-append-only"],
  clearTextReporter: { allowColor: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
