import fs from "node:fs";
import { UNREADABLE_MESSAGE } from "./fixtures";
import { makeDataDirectory, startProduct } from "./product-process";

/** A Ricarica of its own for a run of the tests: `npm start` with an empty data directory, stopped at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env["E2E_ORIGIN"];
  if (given !== undefined) return () => Promise.resolve();
  const dataDirectory = makeDataDirectory();
  const { PORT: port } = process.env;
  const product = startProduct(dataDirectory, port === undefined ? {} : { PORT: port });
  process.env["E2E_DATA_DIR"] = dataDirectory;
  process.env["E2E_ORIGIN"] = await product.ready;
  return async () => {
    fs.mkdirSync(".artifacts", { recursive: true });
    fs.writeFileSync(".artifacts/product.log", product.said());
    product.signal("SIGTERM");
    await product.ended;
    fs.rmSync(dataDirectory, { recursive: true, force: true });
    // The server shows a key in the place of such a message, which no test of another thing would notice.
    const unreadable = product
      .said()
      .split("\n")
      .filter((line) => UNREADABLE_MESSAGE.test(line));
    if (unreadable.length > 0) throw new Error(`Pages with unreadable messages:\n${unreadable.join("\n")}`);
  };
}
