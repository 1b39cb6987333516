import { openDatabase } from "@/db/client";
import { currentSettings } from "@/lib/env";
import { makeDemo } from "@/lib/demo/service";
import { prepareDatabase } from "./database";
import { DEMO_PASSWORD } from "@/lib/demo/sign-in-rules";
import { DEMO_SIGN_INS } from "./demo-state";
import { commonEnvironment } from "./product";
import { runCommand, say } from "./run-command";

// `npm run demo`: the demo customers, in whatever database the settings name.

await runCommand(async () => {
  const settings = currentSettings();
  // The sign-in library needs its secret to write passwords.
  Object.assign(process.env, commonEnvironment(settings, "production"));
  const database = await prepareDatabase(settings, say);
  const pool = openDatabase(database.url, { name: "ricarica demo" });
  try {
    await makeDemo({ caller: { kind: "system", name: "demo" }, db: pool.db, now: () => new Date() });
    say(`Sign in as ${DEMO_SIGN_INS.join(", ")}; the password is ${DEMO_PASSWORD}.`);
  } finally {
    await pool.close();
    await database.close();
  }
});
