import fs from "node:fs";
import { startCopy } from "./product-copy";

/** A Ricarica of its own for a run of the tests, stopped at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env["E2E_ORIGIN"] !== undefined) return () => Promise.resolve();
  const { origin, dataDirectory, stop } = await startCopy();
  process.env["E2E_DATA_DIR"] = dataDirectory;
  process.env["E2E_ORIGIN"] = origin;
  return async () => {
    const said = await stop();
    fs.mkdirSync(".artifacts", { recursive: true });
    fs.writeFileSync(".artifacts/product.log", said);
  };
}
