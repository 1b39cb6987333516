import path from "node:path";
import { runningServerUrl } from "@/db/embedded/server";
import { currentSettings } from "@/lib/env";
import { runCommand, say } from "./run-command";

// `npm run -s database`: shows the address of the database, for psql and the like: `psql "$(npm run -s database)"`.

await runCommand(() => {
  const { databaseUrl, ownerDatabaseUrl, dataDirectory } = currentSettings();
  const url = ownerDatabaseUrl ?? databaseUrl ?? runningServerUrl(path.join(dataDirectory, "postgres"));
  if (url === null)
    throw new Error(`No database runs in ${dataDirectory}. It runs while Ricarica does: npm start`);
  say(url);
  return Promise.resolve();
});
