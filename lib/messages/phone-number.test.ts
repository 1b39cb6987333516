import examples from "libphonenumber-js/examples.mobile.json";
import { type CountryCode, getExampleNumber } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { readNumber } from "./phone-number";
import { readRecipients } from "./recipients";

const problemOf = (text: string) => readRecipients(text).invalid[0];

describe("what may be two numbers is neither, and both are shown", () => {
  /** Of those area codes whose digits without the zero begin an Italian mobile. */
  const AREAS = [
    "030",
    "031",
    "0321",
    "0322",
    "0323",
    "0324",
    "0331",
    "0332",
    "0341",
    "0342",
    "0343",
    "0344",
    "0345",
    "0346",
    "035",
    "0362",
    "0363",
    "0364",
    "0365",
    "0371",
    "0372",
    "0373",
    "0374",
    "0375",
    "0376",
    "0377",
    "0381",
    "0382",
    "0383",
    "0384",
    "0385",
    "0386",
    "039",
  ];

  test.each(AREAS)("an Italian landline of %s, its zero in parentheses, never becomes a mobile", (area) => {
    const wasWrong: string[] = [];
    for (const length of [8, 9, 10]) {
      const digits = `${area.slice(1)}1234567`.slice(0, length);
      for (const text of [`+39 (0)${digits}`, `0039 (0) ${digits}`, `+39(0)${digits}`, `+39 [0]${digits}`]) {
        const { valid, invalid } = readRecipients(text);
        // With the zero it exists: then it is a landline, or a choice.
        if (readNumber(`+390${digits}`).recipient === null) continue;
        if (valid.length > 0) wasWrong.push(text);
        expect(["landline", "two_readings"], text).toContain(invalid[0]?.reason);
      }
    }
    expect(wasWrong).toEqual([]);
  });

  test("33 area codes are of that kind", () => {
    expect(new Set(AREAS).size).toBe(33);
  });

  test.each([
    ["+39 (0)35 123 4567", ["+390351234567", "+39351234567"]],
    ["+39 035 123456/7", ["+390351234567", "+39035123456"]],
  ])("%s may be %j", (text, readings) => {
    expect(problemOf(text)).toEqual({ text, reason: "two_readings", readings });
  });

  test.each([
    ["+44 (0)7400 123456", "+447400123456"],
    ["+49 (0)151 23456789", "+4915123456789"],
    ["+33 (0)6 12 34 56 78", "+33612345678"],
    ["+7 (8) 912 345 67 89", "+79123456789"],
    ["+36 (06) 20 123 4567", "+36201234567"],
    ["+1 (1) 212 555 0123", "+12125550123"],
    ["+39 (0)333 0000001", "+393330000001"],
    ["+55 (11) 91234-5678", "+5511912345678"],
  ])("%s has one reading, %s", (text, number) => {
    expect(readRecipients(text)).toMatchObject({ valid: [{ number }], invalid: [] });
  });

  test("no mobile of any country is lost by the digit that is dialled inside it", () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const country of Object.keys(examples) as CountryCode[]) {
      const example = getExampleNumber(country, examples);
      if (example === undefined || readNumber(example.number).problem !== null) continue;
      tried += 1;
      const { countryCallingCode, nationalNumber, number } = example;
      for (const trunk of ["0", "1", "8", "06"]) {
        const { valid, invalid } = readRecipients(`+${countryCallingCode} (${trunk}) ${nationalNumber}`);
        const isRight = valid[0]?.number === number || invalid[0]?.readings?.includes(number) === true;
        if (!isRight) wrong.push(`${country} (${trunk}) ${JSON.stringify(invalid)}`);
      }
    }
    expect(tried).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  });
});

describe("a number that receives no SMS is refused with its own reason", () => {
  test.each([
    ["+39 333 1234567 8", "voicemail"],
    ["+39 899 123456", "premium_rate"],
    ["+1 900 555 0123", "premium_rate"],
    ["+39 800 123456", "toll_free"],
    ["+33 800 123456", "toll_free"],
    ["+39 840 123456", "shared_cost"],
    ["+39 06 123 4567", "landline"],
    ["+44 20 7946 0123", "landline"],
    ["+44 7600 123456", "no_sms"],
    ["+44 7011 234567", "no_sms"],
  ])("%s: %s", (text, reason) => {
    expect(readRecipients(text)).toMatchObject({ valid: [], invalid: [{ text, reason }] });
    expect(readRecipients([text])).toMatchObject({ valid: [], invalid: [{ text, reason }] });
  });

  test.each(["+39 333 1234567", "+39 333 123456", "+1 212 555 0123", "+52 55 1234 5678"])(
    "%s is a mobile, or may be one",
    (text) => {
      expect(readRecipients(text)).toMatchObject({ valid: [{}], invalid: [], landlines: 0 });
    },
  );

  test("landlines are counted, each once, and taken by whoever wants them", () => {
    const text = "+39 06 123 4567, 0039 061234567, +39 333 1234567";
    expect(readRecipients(text)).toMatchObject({ valid: [{}], landlines: 1 });
    const { valid, invalid, landlines, repeated } = readRecipients(text, { takeLandlines: true });
    expect([valid.length, invalid.length, landlines, repeated]).toEqual([2, 0, 1, 1]);
  });
});

describe("what spreadsheets do to numbers", () => {
  test("a plus that was eaten is named with the number it would be, and added to all when asked", () => {
    const text = "393386345416\n447400123456\n333 000 0001";
    const read = readRecipients(text);
    expect(read).toMatchObject({ valid: [], plusMissing: 2 });
    expect(read.invalid).toEqual([
      { text: "393386345416", reason: "plus_missing", readings: ["+393386345416"] },
      { text: "447400123456", reason: "plus_missing", readings: ["+447400123456"] },
      { text: "333 000 0001", reason: "no_country_code" },
    ]);
    const mended = readRecipients(text, { addPlus: true });
    expect(mended.valid.map(({ number }) => number)).toEqual(["+393386345416", "+447400123456"]);
    expect(mended).toMatchObject({ plusMissing: 2, invalid: [{ reason: "no_country_code" }] });
  });

  test.each(["3.93E+11", "3,93E+11", "3.93386E+11", "3,93386e+11", "3.93E11"])(
    "%s is named as what it is, in a text and in a list",
    (text) => {
      const expected = [{ text, reason: "rounded_by_spreadsheet" }];
      expect(readRecipients(text).invalid).toEqual(expected);
      expect(readRecipients([text]).invalid).toEqual(expected);
      expect(readRecipients(`Anna;${text};20121`).invalid).toContainEqual(expected[0]);
    },
  );
});

describe("an element of a list is one recipient", () => {
  test.each(["+393331234567 +393331234568", "+393331234567,+393331234568", "+393331234567\n+393331234568"])(
    "%j is invalid, not two",
    (text) => {
      expect(readRecipients([text, "+393331234569"])).toMatchObject({
        valid: [{ number: "+393331234569" }],
        invalid: [{ text, reason: "several_numbers" }],
      });
    },
  );

  test("a name beside the number is left aside", () => {
    expect(readRecipients(["Mario Rossi <+393331234567>"]).valid).toHaveLength(1);
  });

  test.each(["", " ", ",", "12,34", "abc"])("%j is no number", (text) => {
    expect(readRecipients([text]).valid).toEqual([]);
    expect(readRecipients([text]).invalid).toHaveLength(1);
  });
});
