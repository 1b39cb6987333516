/** A contact of an address book file, with one number or none. */
export type Contact = { readonly name: string; readonly number: string };

export const isVcard = (text: string): boolean => /^\ufeff?\s*BEGIN:VCARD/i.test(text);

/**
 * Reads the contacts of a vCard file (versions 2.1 to 4.0), one number for each: the mobile if one is named so, else the
 * first. A contact without a number has an empty one.
 */
export function readVcard(text: string): Contact[] {
  // A line that begins with a blank continues the one before; quoted-printable ones end with "=".
  const lines = text
    .replace(/\r?\n[ \t]/g, "")
    .replace(/=\r?\n/g, "")
    .split(/\r?\n/);
  const contacts: Contact[] = [];
  let name = "";
  let numbers: { number: string; isMobile: boolean }[] = [];
  for (const line of lines) {
    const at = line.indexOf(":");
    const [property = "", ...parameters] = line.slice(0, at).toUpperCase().split(";");
    const value = line.slice(at + 1).trim();
    // Apple puts a group before the name: "item1.TEL".
    switch (property.replace(/^.*\./, "")) {
      case "BEGIN":
        [name, numbers] = ["", []];
        break;
      case "FN":
        name = value.replace(/\\([,;\\])/g, "$1");
        break;
      case "TEL": {
        const isMobile = parameters.some((one) => /\b(CELL|IPHONE|MOBILE)\b/.test(one));
        numbers.push({ number: value.replace(/^tel:/i, ""), isMobile });
        break;
      }
      case "END": {
        const chosen = numbers.find(({ isMobile }) => isMobile) ?? numbers[0];
        contacts.push({ name, number: chosen?.number ?? "" });
      }
    }
  }
  return contacts;
}
