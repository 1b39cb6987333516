import { openDatabase } from "@/db/client";
import { currentSettings } from "@/lib/env";
import { runWorker } from "@/lib/recharge/worker";
import { prepareDatabase } from "./database";
import { runCommand, say, stopSignal } from "./run-command";

// `npm run worker`: the worker alone. Any number of them may run, on any number of machines.

await runCommand(async () => {
  const signal = stopSignal();
  const database = await prepareDatabase(currentSettings(), say);
  const pool = openDatabase(database.url, { name: "ricarica worker" });
  try {
    await runWorker({ pool, signal });
  } finally {
    await pool.close();
    await database.close();
  }
});
