import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

const Package = z.object({ bin: z.object({ next: z.string() }) });

/** The arguments for `node` that run the framework's command. */
export function nextCommand(...args: readonly string[]): readonly string[] {
  const manifest = createRequire(import.meta.url).resolve("next/package.json");
  const { bin } = Package.parse(JSON.parse(fs.readFileSync(manifest, "utf8")));
  return [path.join(path.dirname(manifest), bin.next), ...args];
}
