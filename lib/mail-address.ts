/** A mail address as it stands in an envelope, and the name that is shown beside it. */
export type MailAddress = { readonly name: string; readonly address: string };

/**
 * Stricter than the standards: no quotes, comments, groups or spaces. What is let through means the same to every
 * parser on the way, and so can name one mailbox only.
 */
const ADDRESS =
  /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?=.{4,189}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text) && !text.includes("..");
}

/** `a@example.com` or `Ricarica <a@example.com>`; null for anything else. */
export function parseMailAddress(text: string): MailAddress | null {
  const [, name = "", inBrackets] = /^([^<>"@\p{Cc}]{0,100}?) *<([^<>\s]+)>$/u.exec(text.trim()) ?? [];
  const address = inBrackets ?? text.trim();
  return isMailAddress(address) ? { name: name.trim(), address } : null;
}
