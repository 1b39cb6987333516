import { parse } from "csv-parse/sync";
import fs from "node:fs";
import type { Locator, Page } from "playwright/test";
import { expect, expectAccessible, expectToFit, test } from "./fixtures";
import { importPrices } from "./operator";

const tableOf = (page: Page) => page.getByRole("table", { name: "Costo di un SMS per destinazione" });
const rowsOf = (page: Page) => tableOf(page).getByRole("rowheader");
const rowOf = (page: Page, country: string) => tableOf(page).getByRole("row", { name: country });
const header = (page: Page, name: string) => tableOf(page).getByRole("columnheader", { name });

/** What stands in one column of the rows that are shown, from above. */
function columnOf(page: Page, index: number): Promise<string[]> {
  const rows = tableOf(page).locator("tbody tr:not([hidden])");
  return rows.evaluateAll((all, at) => all.map((row) => row.children[at]?.textContent ?? ""), index);
}

/** "1.428" and "0,0294 €" as numbers. */
const numberIn = (text: string) => Number(text.replace(/[^\d,]/g, "").replace(",", "."));
const byNumber = (a: string, b: string) => numberIn(a) - numberIn(b);
const nameIn = (text: string) => text.replace(/ [A-Z]{2}$/, "");
const byName = (a: string, b: string) => new Intl.Collator("it").compare(nameIn(a), nameIn(b));

/** The records of a file, without the mark that tells spreadsheets its encoding. */
function recordsOf(text: string): string[][] {
  expect(text.startsWith("\ufeff")).toBe(true);
  expect(text.endsWith("\r\n")).toBe(true);
  return parse(text, { bom: true, delimiter: ";" });
}

async function downloadedBy(page: Page, link: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), "utf8") };
}

test.describe("destinations", () => {
  for (const query of ["germania", "Allemagne", "DE", "+49"]) {
    test(`${query} finds Germany while it is typed`, async ({ page }) => {
      await page.goto("/destinations?list=it");
      await page.getByRole("searchbox").fill(query);
      await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(query).replace("%2B", "(%2B|\\+)")}`));
      await expect(rowsOf(page).filter({ hasText: "Germania" })).toHaveCount(1);
      await expect(rowsOf(page).filter({ hasText: "Francia" })).toHaveCount(0);
    });
  }

  test("a pasted number finds its country", async ({ page }) => {
    await page.goto("/destinations?list=it");
    await page.getByRole("searchbox").fill("0039 333 123 4567");
    await expect(page.getByText("Il numero è di Italia.")).toBeVisible();
    await expect(rowsOf(page)).toHaveText([/^Italia/]);
  });

  for (const { name, sort, index, compare } of [
    { name: "Paese", sort: null, index: 0, compare: byName },
    { name: "Prefisso", sort: "code", index: 1, compare: byNumber },
    { name: "Crediti per SMS", sort: "credits", index: 2, compare: byNumber },
    { name: "Prezzo per SMS", sort: "money", index: 3, compare: byNumber },
    { name: "SMS con 100 crediti", sort: "hundred", index: 4, compare: byNumber },
  ]) {
    test(`are sorted by «${name}», either way, and the address keeps the order`, async ({ page }) => {
      const expectSorted = async (direction: "ascending" | "descending") => {
        await expect(header(page, name)).toHaveAttribute("aria-sort", direction);
        const sign = direction === "ascending" ? 1 : -1;
        const shown = await columnOf(page, index);
        expect(shown).toHaveLength(207);
        expect(new Set(shown).size).toBeGreaterThan(10);
        expect(shown).toEqual([...shown].sort((a, b) => sign * compare(a, b)));
      };
      await page.goto("/destinations?list=it");
      if (sort !== null) await header(page, name).getByRole("link").click();
      await expect(page).toHaveURL(sort === null ? /list=it$/ : new RegExp(`sort=${sort}(&|$)`));
      await expectSorted("ascending");
      await header(page, name).getByRole("link").click();
      await expect(page).toHaveURL(/dir=desc/);
      await expectSorted("descending");
      await page.reload();
      await expectSorted("descending");
    });
  }

  test("go to a file as they are shown: the rows that were found, in their order, with each figure", async ({
    page,
  }) => {
    await page.goto("/destinations?list=it&q=gua&sort=credits&dir=desc");
    await expect(page.getByText("4 destinazioni su 207")).toBeVisible();
    await expectAccessible(page);
    const { name, text } = await downloadedBy(page, page.getByRole("link", { name: "Scarica CSV" }));
    expect(name).toMatch(/^destinazioni-it-\d{4}-\d\d-\d\d\.csv$/);
    const [head, ...records] = recordsOf(text);
    expect(head).toEqual([
      "codice",
      "paese",
      "prefisso",
      "crediti",
      "prezzo",
      "sms_con_100_crediti",
      "in_vigore_dal",
      "fonte",
    ]);
    const shown = await rowsOf(page).allTextContents();
    expect(records.map(([code = "", country = ""]) => `${country} ${code}`)).toEqual(shown);
    expect(records.map((record) => record[3])).toEqual(await columnOf(page, 2));
    expect(records.map((record) => record[5])).toEqual(await columnOf(page, 4));
    expect(records.map((record) => record[7])).not.toContain("");

    const whole = await page.request.get("/destinations/export?list=it");
    const all = recordsOf(await whole.text());
    expect(all).toHaveLength(1 + 207);
    expect(all.find(([code]) => code === "IT")?.slice(0, 6)).toEqual([
      "IT",
      "Italia",
      "39",
      "0,7",
      "0,0294",
      "142",
    ]);
  });

  test("that are not served are listed, and a search for one says so", async ({ page }) => {
    await page.goto("/destinations?list=it");
    const summary = page.getByText(/^\d+ paesi non serviti$/);
    await summary.click();
    const listed = page.getByRole("listitem").filter({ hasText: / [A-Z]{2}$/ });
    await expect(listed.filter({ hasText: "Città del Vaticano VA" })).toBeVisible();
    await expect(listed).toHaveCount(numberIn((await summary.textContent()) ?? ""));
    await page.getByRole("searchbox").fill("vaticano");
    await expect(page.getByText("Non è servita: Città del Vaticano.")).toBeVisible();
    await expect(rowsOf(page)).toHaveCount(0);
    await expectAccessible(page);
  });

  test("say so when nothing is found, and that a number needs its calling code", async ({ page }) => {
    await page.goto("/destinations?list=it&q=zzz");
    await expect(page.getByText(/^Nessun paese si trova con «zzz»/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("searchbox").fill("333 123 4567");
    await expect(page.getByText(/^Nessun paese ha un numero così/)).toBeVisible();
    await expect(rowsOf(page)).toHaveCount(0);
    await page.getByRole("link", { name: "Mostra tutte" }).click();
    await expect(rowsOf(page)).toHaveCount(207);
  });

  test("say where each figure comes from", async ({ page }) => {
    await page.goto("/destinations?list=it");
    await expect(rowOf(page, "Italia").getByRole("cell").last()).toHaveText(/^pubblicato/);
    await expect(rowOf(page, "Germania").getByRole("cell").last()).toHaveText(/^ripreso/);
    const sources = await columnOf(page, 5);
    expect(sources.filter((source) => source === "")).toEqual([]);
    await expect(page.getByText("la guida con data 19 mag 2020")).toBeVisible();
    await expect(page.getByText(/^ripreso dal listino Francia: per questa destinazione/)).toBeVisible();
  });

  test("count the balance of who is signed in, on the page and in the file", async ({
    page,
    makeCustomer,
    signIn,
  }) => {
    await signIn(page, await makeCustomer({ balance: 10 }));
    await page.goto("/destinations?sort=balance&dir=desc");
    await expect(header(page, "SMS con il saldo")).toHaveAttribute("aria-sort", "descending");
    await expect(rowOf(page, "Italia").getByRole("cell").nth(4)).toHaveText("14");
    await expect(rowOf(page, "India").getByRole("cell").nth(4)).toHaveText("100");
    const counts = await columnOf(page, 5);
    expect(counts).toEqual([...counts].sort((a, b) => byNumber(b, a)));
    const { text } = await downloadedBy(page, page.getByRole("link", { name: "Scarica CSV" }));
    const [head, ...records] = recordsOf(text);
    expect(head?.[6]).toBe("sms_con_saldo");
    expect(records.map((record) => record[6])).toEqual(counts.map((count) => count.replace(/\D/g, "")));
  });

  test("show on two dates what the operator imported between them, at the prices of that day", async ({
    page,
  }, { outputDir }) => {
    // A day that no other test looks at.
    await importPrices(outputDir, [
      "country,calling_code,price_list,valid_from,credits,source",
      "PT,351,it,2090-05-01,1.234,our contract",
    ]);
    await importPrices(outputDir, [
      "price_list,valid_from,quantity_min,quantity_max_excluded,unit_price_micros,source",
      "it,2090-05-01,100,,41000,our prices",
    ]);
    await page.goto("/destinations?list=it&date=2090-05-01&against=2090-04-30");
    const changes = page.getByRole("table", { name: "Crediti per SMS nelle due date" });
    await expect(changes.getByRole("rowheader")).toHaveText(["Portogallo"]);
    await expect(changes.getByRole("cell")).toHaveText(["0,5", "1,234", "+0,734"]);
    await expect(rowOf(page, "Portogallo")).toContainText(/1,234.*0,0506\s€.*81.*dell’operatore/);
    await expect(rowOf(page, "Italia")).toContainText(/0,0287\s€/);
    await expect(page.getByText("our contract")).toBeVisible();

    await page.goto("/destinations?list=it&date=2090-04-30&against=2090-04-29");
    await expect(
      page.getByText("Tra il giorno 29 apr 2090 e il giorno 30 apr 2090 nessuna destinazione cambia."),
    ).toBeVisible();
    await expect(rowOf(page, "Italia")).toContainText(/0,0294\s€/);
    await expect(rowOf(page, "Portogallo")).not.toContainText("1,234");
  });

  test("the estimate says why a text is Unicode, and what it costs in credits and money", async ({
    page,
  }) => {
    await page.goto("/destinations?list=it&q=francia");
    await page.getByText("Quanto costa un messaggio?").click();
    await page.getByLabel("Numeri o paesi").fill("+39 333 1234567, Francia");
    await page.getByLabel("Testo", { exact: true }).fill("L’appuntamento è alle 10");
    await expect(page.getByText(/«’» \(U\+2019\)/).first()).toBeVisible();
    const costs = page.getByRole("table", { name: "Costo per destinazione" });
    await expect(costs.getByRole("row")).toHaveCount(3);
    await expect(costs.getByRole("row", { name: /Italia 1 0,7 0,0294\s€/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Sostituisci con i caratteri semplici" }).click();
    await expect(page.getByText("GSM a 7 bit")).toBeVisible();
    await page.getByLabel("Testo", { exact: true }).fill("Ciao 😀 “tu”");
    await expect(page.getByText(/Senza sostituto: «😀» \(U\+1F600\)/)).toBeVisible();
    await page.getByRole("button", { name: "Sostituisci con i caratteri semplici" }).click();
    await expect(page.getByLabel("Testo", { exact: true })).toHaveValue('Ciao 😀 "tu"');
    await expect(page.getByText(/Senza sostituto/)).toBeVisible();
  });

  test.describe("on a phone, in English", () => {
    test.use({ locale: "en-GB", viewport: { width: 390, height: 844 } });

    test("fit the window, all 207 of them, and are in nobody's way", async ({ page }) => {
      // Looking through each of some 2,000 cells takes its time.
      test.slow();
      await page.goto("/destinations?list=it&against=2090-05-01");
      await expect(page.getByText("207 destinations of 207")).toBeVisible();
      await expectToFit(page);
      await expectAccessible(page);
    });
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("are found, sorted and all there", async ({ page }) => {
      await page.goto("/destinations?list=it");
      await expect(rowsOf(page)).toHaveCount(207);
      await page.getByRole("searchbox").fill("germania");
      await page.getByRole("button", { name: "Mostra" }).click();
      await expect(rowsOf(page)).toHaveCount(1);
      await header(page, "Crediti per SMS").getByRole("link").click();
      await expect(page).toHaveURL(/q=germania.*sort=credits|sort=credits.*q=germania/);
    });
  });
});
