import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomInt } from "node:crypto";

/**
 * How secrets are kept. The secret of an application must be read back to check a signature, so it is enciphered
 * with a key that is never in the database. Consumer keys and validation tokens are only ever compared with what a
 * caller brings, so their hashes are enough; they are random, so an unsalted hash gives nothing away.
 */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = "v1.";

/** A random word of letters and digits, near six bits each: 32 of them cannot be guessed. */
export function randomWord(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Derives the cipher's key, so that the material it comes from may have any length and other uses. */
export function sealingKeyOf(material: string): Buffer {
  return Buffer.from(hkdfSync("sha256", material, "", "ricarica application secrets", 32));
}

/** Enciphers a secret. `owner` is bound to it: what was sealed for one application does not open for another. */
export function seal(secret: string, owner: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return FORM + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
}

/** The inverse of `seal`. Throws when the key, the owner or the text is another: the key was lost or exchanged. */
export function unseal(sealed: string, owner: string, key: Buffer): string {
  if (!sealed.startsWith(FORM)) throw new Error("a sealed secret is in an unknown form");
  const bytes = Buffer.from(sealed.slice(FORM.length), "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
    "utf8",
  );
}
