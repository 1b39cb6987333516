import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "@/db/client";
import type { Context } from "@/lib/context";
import { send } from "@/lib/messages/service";

// A process that sends, as a server does: several callers at once through one pool. Started by processes.test.ts.

const [, , url = "", customerId = "", serviceName = "", name = "", count = "0", shared = "0"] = process.argv;
const CALLERS = 16;

const pool = openDatabase(url, { name: `sender ${name}`, max: 8 });
const context: Context = {
  caller: { kind: "customer", customerId, userId: "tester" },
  db: pool.db,
  now: () => new Date(),
};
// Both processes use the shared keys: of two that send one message, one does.
const keys = [
  ...Array.from({ length: Number(count) }, (_, index) => `${name}:${index.toString()}`),
  ...Array.from({ length: Number(shared) }, (_, index) => `both:${index.toString()}`),
];
const answers: Record<string, { readonly messageId: string; readonly isRepeat: boolean }> = {};
let next = 0;

async function call(): Promise<void> {
  for (let key = keys[next++]; key !== undefined; key = keys[next++]) {
    for (;;) {
      const input = { text: "Ciao", recipients: "+39 399 000 0001", idempotencyKey: key };
      const result = await send(context, { customerId, serviceName }, input);
      if (result.ok) {
        const { messageId, isRepeat } = result.value;
        answers[key] = { messageId, isRepeat };
        break;
      }
      if (result.failure.code !== "insufficient_credits") throw new Error(result.failure.code);
      // The recharge is on its way.
      await sleep(20);
    }
  }
}

process.stdout.write("ready\n");
// Begins when the other one is ready too.
await new Promise((resolve) => process.stdin.once("data", resolve));
await Promise.all(Array.from({ length: CALLERS }, call));
await pool.close();
process.stdout.write(`${JSON.stringify(answers)}\n`);
process.exit(0);
