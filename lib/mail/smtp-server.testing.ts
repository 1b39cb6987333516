import { setTimeout as sleep } from "node:timers/promises";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** What the server answers to one mail: takes it, a reply with this code, or nothing at all. */
export type SmtpReply = "take" | "hang" | { readonly at: "recipient" | "data"; readonly code: number };

export type TestSmtpServer = {
  readonly url: string;
  /** All that was taken, in order. */
  readonly taken: ParsedMail[];
  /** How many connections there were. */
  readonly connections: () => number;
  /** Resolves to the first mail to this address, from the ones that were taken. */
  readonly mailTo: (address: string, timeoutMs?: number) => Promise<ParsedMail>;
  readonly close: () => Promise<void>;
};

const replied = (code: number) =>
  Object.assign(new Error(`reply ${code.toString()} of the test`), { responseCode: code });

/** A real mail server on a free local port. `reply` is asked for each mail with its recipient and how often it was tried. */
export async function startSmtpServer(
  reply: (to: string, attempt: number) => SmtpReply = () => "take",
): Promise<TestSmtpServer> {
  const taken: ParsedMail[] = [];
  const tries = new Map<string, number>();
  let connections = 0;
  const replyTo = (to: string): SmtpReply => reply(to, tries.get(to) ?? 0);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onConnect: (_session, callback) => {
      connections += 1;
      callback();
    },
    onRcptTo: ({ address }, _session, callback) => {
      tries.set(address, (tries.get(address) ?? 0) + 1);
      const answer = replyTo(address);
      callback(typeof answer === "object" && answer.at !== "data" ? replied(answer.code) : null);
    },
    onData: (stream, session, callback) => {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      const answer = replyTo(to);
      // A connection that ends half-way makes the parser fail, which is nobody's fault here.
      simpleParser(stream).then(
        (mail) => {
          if (answer === "hang") return;
          if (typeof answer === "object") {
            callback(replied(answer.code));
            return;
          }
          taken.push(mail);
          callback(null);
        },
        () => undefined,
      );
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      resolve();
    }),
  );
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const isTo = (wanted: string) => (mail: ParsedMail) =>
    [mail.to].flat().some((list) => list?.value.some((one) => one.address === wanted));
  return {
    url: `smtp://127.0.0.1:${address.port.toString()}`,
    taken,
    connections: () => connections,
    mailTo: async (wanted, timeoutMs = 10_000) => {
      const deadline = performance.now() + timeoutMs;
      while (performance.now() < deadline) {
        const found = taken.find(isTo(wanted));
        if (found !== undefined) return found;
        await sleep(50);
      }
      throw new Error(`no mail came to ${wanted}`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
