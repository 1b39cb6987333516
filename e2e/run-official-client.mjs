// Runs one of the published clients, unmodified. Reads a call on each line and writes its outcome on a line.
import { createInterface } from "node:readline";

const CLIENTS = { ovh: () => import("ovh"), "@ovhcloud/node-ovh": () => import("@ovhcloud/node-ovh") };
const { default: makeClient } = await CLIENTS[process.argv[2]]();

const clients = new Map();
const madeAt = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const { settings, method, path, params } = JSON.parse(line);
  // A signature is accepted once, and the clients sign to the second: an equal call waits for the next one.
  const wait = (madeAt.get(line) ?? 0) + 1100 - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  madeAt.set(line, Date.now());
  const known = JSON.stringify(settings);
  const warnings = [];
  if (!clients.has(known))
    clients.set(known, makeClient({ ...settings, warn: (text) => warnings.push(text) }));
  const outcome = await clients
    .get(known)
    .requestPromised(method, path, params)
    .then(
      (answer) => ({ ok: true, answer, warnings }),
      ({ error, message }) => ({ ok: false, status: error, message }),
    );
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
