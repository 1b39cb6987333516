import os from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  // A folder of its own for each checkout's caches, beside the installed packages.
  cacheDir: "node_modules/.vite",
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The package throws outside of a server component; the tests are no browser.
      { find: "server-only", replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    include: ["{app,components,db,lib}/**/*.test.{ts,tsx}", ".config/**/*.test.ts"],
    globalSetup: ["./.config/vitest.setup.ts"],
    pool: "forks",
    maxWorkers: os.availableParallelism(),
    // For a machine that does the rest of `npm test` beside it: hashing a password alone is slow on purpose.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    reporters: ["default", "json"],
    outputFile: { json: ".artifacts/vitest.json" },
  },
});
