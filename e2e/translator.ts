import { expect, type Page } from "playwright/test";

/** Waits until React has taken over what the server drew. */
export async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const last = [...document.querySelectorAll("#main *")].at(-1);
    return last !== undefined && Object.keys(last).some((key) => key.startsWith("__reactFiber"));
  });
}

/**
 * Does to a page what the translators of browsers do, as long as it is open: each text node is taken away, and one of
 * its own, in a `<font>`, put in its place. The texts stay the same, so that tests find them. Answers with what the
 * page threw.
 */
export async function translate(page: Page): Promise<{ errors: readonly string[] }> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const begin = () => {
    const isTranslated = (text: Text) =>
      text.data.trim() !== "" &&
      text.parentElement?.closest("font, script, style, noscript, textarea, [translate=no]") === null;
    const work = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) if (walker.currentNode instanceof Text) found.push(walker.currentNode);
      for (const text of found.filter(isTranslated)) {
        // By its namespace, since nobody should make one; translators do.
        const font = document.createElementNS("http://www.w3.org/1999/xhtml", "font");
        font.textContent = text.data;
        text.replaceWith(font);
      }
    };
    work();
    new MutationObserver(work).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  };
  // Not before React has taken the page over, as for a reader who asks for the translation.
  page.on("load", () => {
    void takenOver(page)
      .then(() => page.evaluate(begin))
      .catch(() => undefined);
  });
  await takenOver(page);
  await page.evaluate(begin);
  await expect(page.locator("font").first()).toBeAttached();
  return { errors };
}
