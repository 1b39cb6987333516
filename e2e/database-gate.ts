import { once } from "node:events";
import net, { type AddressInfo } from "node:net";

/** A way to a database that can be shut: what goes through it then finds the database stopped. */
export type DatabaseGate = {
  /** The database's address, through the gate. */
  readonly url: string;
  readonly shut: () => void;
  readonly open: () => Promise<void>;
};

export async function openGate(databaseUrl: string): Promise<DatabaseGate> {
  const { hostname, port } = new URL(databaseUrl);
  const through = new Set<net.Socket>();
  const gate = net.createServer((asked) => {
    const answering = net.connect(Number(port), hostname);
    for (const [from, to] of [
      [asked, answering],
      [answering, asked],
    ] as const) {
      through.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        through.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  gate.listen(0, "127.0.0.1");
  await once(gate, "listening");
  // Safe because the gate listens on a port, not on a socket file.
  const own = (gate.address() as AddressInfo).port;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = own.toString();
  return {
    url: url.href,
    shut: () => {
      gate.close();
      for (const socket of through) socket.destroy();
    },
    open: async () => {
      gate.listen(own, "127.0.0.1");
      await once(gate, "listening");
    },
  };
}
