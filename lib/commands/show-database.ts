import { currentSettings } from "@/lib/env";
import { prepareDatabase } from "./database";
import { aborted, runCommand, say, stopSignal } from "./run-command";

// `npm run database`: shows the address of the database, for psql and the like, and keeps the embedded one running
// until Ctrl-C.

await runCommand(async () => {
  const signal = stopSignal();
  const database = await prepareDatabase(currentSettings(), () => undefined);
  say(database.url);
  if (database.isEmbedded) await aborted(signal);
  await database.close();
});
