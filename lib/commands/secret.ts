import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** The secret kept in this file, made on the first call. Only this user can read it. */
export function keptSecret(file: string): string {
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${randomBytes(6).toString("hex")}`;
    fs.writeFileSync(draft, `${randomBytes(36).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    try {
      // Fails when another starter was faster; then its secret holds.
      fs.linkSync(draft, file);
    } catch (error) {
      if (!fs.existsSync(file)) throw error;
    } finally {
      fs.rmSync(draft);
    }
  }
  return fs.readFileSync(file, "utf8").trim();
}
