import { openDatabase } from "@/db/client";
import { runWorker } from "./worker";

// A worker process that stands still at one step until it is killed. Started by crash.long.test.ts.

const [, , url = "", stopAt = ""] = process.argv;
const pool = openDatabase(url, { name: "worker to be killed", max: 4 });

await runWorker({
  pool,
  signal: new AbortController().signal,
  leaseMs: 1500,
  report: (error, during) => {
    process.stderr.write(`${during}: ${String(error)}\n`);
  },
  onStep: async (step, order) => {
    if (`${order.kind} ${step}` !== stopAt) return;
    process.stdout.write(`stands at ${stopAt}\n`);
    // Until it is killed. The timer keeps the process alive.
    await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  },
});
