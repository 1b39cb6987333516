import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The tests that need no database, against which changed code is tried by the hundred. */
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: "server-only", replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    include: [
      "lib/{csv,money,credits,page,period,search-parameters}.test.ts",
      "lib/**/*rules.test.ts",
      "lib/ovh/{signature,base-path}.test.ts",
      "lib/ovh/wire/amounts.test.ts",
    ],
    pool: "threads",
    // As in npm test: a machine that does other work beside it must not look like a test that notices.
    testTimeout: 60_000,
  },
});
