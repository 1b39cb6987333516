import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";

/**
 * Codes that a list may hold although numbers are no longer given out under them: the Netherlands Antilles were
 * dissolved, and the published lists still name them.
 */
const WITHDRAWN: readonly (readonly [string, string])[] = [["AN", "599"]];

/** The calling code of each country and territory that has telephone numbers. */
export const CALLING_CODES: ReadonlyMap<string, string> = new Map([
  ...getCountries().map((country): [string, string] => [country, getCountryCallingCode(country)]),
  ...WITHDRAWN,
]);
