/** What a page is handed of its address: several values where a name stands there more than once. */
export type SearchParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The first value of a name as typed, cut to `maxLength` characters; "" where there is none. */
export function searchText(parameters: SearchParameters, name: string, maxLength = 100): string {
  const given = parameters[name];
  return ((typeof given === "string" ? given : given?.[0]) ?? "").slice(0, maxLength);
}

/** Does this name a row that counts from 1? At most 18 digits, so that it fits the database's int8. */
export const isRowNumber = (text: string): boolean => /^\d{1,18}$/.test(text);

/** The row before which a page of a list begins, by number; undefined at the newest, and where the address names none. */
export function placeBefore(parameters: SearchParameters): string | undefined {
  const text = searchText(parameters, "before");
  return isRowNumber(text) ? text : undefined;
}
