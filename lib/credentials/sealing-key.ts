import "server-only";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { apiSettings } from "@/lib/env";
import { randomWord, sealingKeyOf } from "./seal";

let known: Buffer | undefined;

/**
 * The key of application secrets: CREDENTIALS_KEY, or a file of the data directory that the first use makes. Several
 * servers on one database must be given the same CREDENTIALS_KEY.
 */
export function sealingKey(): Buffer {
  return (known ??= readSealingKey());
}

function readSealingKey(): Buffer {
  const { credentialsKey, dataDirectory } = apiSettings();
  return sealingKeyOf(credentialsKey ?? keyInFile(path.join(dataDirectory, "credentials.key")));
}

function keyInFile(file: string): string {
  const found = readKey(file);
  if (found !== null) return found;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Written aside and linked into place, so that of several processes one wins and none reads half a key.
  const draft = `${file}.${randomWord(8)}`;
  writeFileSync(draft, `${randomWord(48)}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCodeOf(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  const made = readKey(file);
  if (made === null) throw new Error(`${file} cannot be read`);
  return made;
}

function readKey(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text.length < 32) throw new Error(`${file} holds no key: at least 32 characters are needed`);
    return text;
  } catch (error) {
    if (isCodeOf(error, "ENOENT")) return null;
    throw error;
  }
}

const isCodeOf = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
