import net from "node:net";

/** Can a server listen here now? */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(new Error(`Cannot listen on ${host}, port ${port.toString()}: ${error.message}`));
    });
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** The port asked for, or the next free one when nobody asked for a certain one. */
export async function choosePort(
  host: string,
  asked: number,
  isFixed: boolean,
  report: (line: string) => void,
): Promise<number> {
  for (let port = asked; port < Math.min(asked + 100, 65_536); port += 1) {
    if (await isFree(host, port)) {
      if (port !== asked) {
        report(`Port ${asked.toString()} is taken by another program; using ${port.toString()}.`);
      }
      return port;
    }
    if (isFixed) {
      throw new Error(`Port ${port.toString()} is taken by another program. Set PORT to a free one.`);
    }
  }
  throw new Error(`No port from ${asked.toString()} on is free.`);
}
