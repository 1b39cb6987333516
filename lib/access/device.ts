import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const sealOf = (secret: string, id: string, email: string): string =>
  createHmac("sha256", secret).update(`known device\n${id}\n${email}`).digest("base64url");

/** What a browser keeps that has signed in with this e-mail address. It opens nothing: the password is asked for all the same. */
export function markDevice(secret: string, email: string): string {
  const id = randomBytes(15).toString("base64url");
  return `${id}.${sealOf(secret, id, email)}`;
}

/** Did we give this mark to a browser that signed in with this e-mail address? */
export function isDeviceOf(secret: string, mark: string, email: string): boolean {
  const [, id, seal] = /^([\w-]{20})\.([\w-]{43})$/.exec(mark) ?? [];
  if (id === undefined || seal === undefined) return false;
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(secret, id, email)));
}
