/**
 * What happens in development to a message without its value, or to a key without its message: the page fails, so that
 * nobody can overlook it. In production the key is shown, and the error is logged.
 */
export function refuseMessage(error: Error): never {
  throw error;
}
