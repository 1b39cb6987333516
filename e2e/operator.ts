import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

/** `npm run prices -- import`, as the operator of the product that is being tested runs it. `folder` holds the file. */
export async function importPrices(folder: string, lines: readonly string[]): Promise<void> {
  const file = path.join(folder, "prices.csv");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
  const { E2E_DATABASE_URL: url, E2E_DATA_DIR: data, ...environment } = process.env;
  const where = url === undefined ? { DATABASE_URL: "", DATA_DIR: data } : { DATABASE_URL: url };
  await promisify(execFile)("npm", ["run", "-s", "prices", "--", "import", file], {
    env: { ...environment, ...where },
  });
}
