import { currentSettings } from "@/lib/env";
import { DEMO_PASSWORD } from "@/lib/demo/sign-in-rules";
import { DEMO_SIGN_INS } from "./demo-state";
import { type Running, startProduct } from "./product";
import { aborted, runCommand, say, stopSignal } from "./run-command";

// `npm start`, and with the argument `dev` `npm run dev`: all that the product consists of, until Ctrl-C.

await runCommand(async () => {
  const mode = process.argv.includes("dev") ? "development" : "production";
  const signal = stopSignal();
  const running: Running = { children: [], databases: [] };
  const work = async () => {
    const settings = currentSettings();
    const { origin, hasDemo } = await startProduct(settings, mode, running, (line) => {
      if (!signal.aborted) say(line);
    });
    say(`\nRicarica is ready: ${origin}`);
    if (hasDemo) say(`Sign in as ${DEMO_SIGN_INS.join(", ")}; the password is ${DEMO_PASSWORD}.`);
    if (settings.mail === null) {
      say(`Mail stays in the outbox, ${origin}/outbox, until SMTP_URL and MAIL_FROM name a mail server.`);
    }
    say("Ctrl-C stops it.\n");
    await aborted(signal);
  };
  try {
    // A start that is interrupted is left where it stands: each of its steps can be taken again.
    await Promise.race([work(), aborted(signal)]);
  } finally {
    if (signal.aborted) say("\nStopping …");
    await Promise.all(
      running.children.map(async ({ name, stop }) => {
        if (await stop()) say(`The ${name} did not stop when it was asked, and was killed.`);
      }),
    );
    await Promise.all(running.databases.map((database) => database.close()));
  }
});
