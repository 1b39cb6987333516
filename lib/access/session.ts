import "server-only";

import type { Person } from "./rules";

export async function personOf(_headers: Headers): Promise<Person | null> {
  return Promise.resolve(null);
}
