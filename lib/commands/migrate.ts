import { currentSettings } from "@/lib/env";
import { prepareDatabase } from "./database";
import { runCommand, say } from "./run-command";

// `npm run migrate`: brings the tables and the price lists to this version, as the owner. `npm start` does so by itself.

await runCommand(async () => {
  const database = await prepareDatabase(currentSettings(), say);
  await database.close();
  say("The tables are those of this version.");
});
