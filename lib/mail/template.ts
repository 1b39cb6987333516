import type { Locale } from "../i18n/locales";
import { html } from "./html";
import type { MailText, RenderedMail } from "./rules";

const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #f4f5f7; color: #1b2430; }
main { max-width: 32rem; margin: 0 auto; padding: 24px 16px; font: 16px/1.5 "Source Sans 3", system-ui, Arial, sans-serif; }
article { padding: 20px; border: 1px solid #d7dce3; border-radius: 8px; background: #ffffff; }
p { margin: 0 0 16px; overflow-wrap: anywhere; }
.product { font-weight: 700; }
.action { display: inline-block; padding: 12px 20px; border-radius: 6px; background: #0b5cad; color: #ffffff; font-weight: 600; text-decoration: none; }
.address { font-size: 14px; }
.address a { color: #0b5cad; }
footer { padding: 16px 4px 0; font-size: 14px; color: #4b5666; }
@media (prefers-color-scheme: dark) {
  body { background: #12161c; color: #e8ecf1; }
  article { background: #1b222b; border-color: #38424f; }
  .action { background: #8fc1f5; color: #0d1a29; }
  .address a { color: #8fc1f5; }
  footer { color: #b3bdc9; }
}`;

/** A mail as plain text and as HTML, from the same words. Nothing in it is fetched from anywhere. */
export function renderMail(language: Locale, product: string, mail: MailText): RenderedMail {
  const { subject, greeting, paragraphs, action, closing, footer } = mail;
  const textBody = [
    greeting,
    ...paragraphs,
    ...(action === null ? [] : [`${action.label}:\n${action.url}`]),
    ...closing,
    `-- \n${product}\n${footer}`,
  ].join("\n\n");
  const asParagraphs = (texts: readonly string[]) => texts.map((text) => html`<p>${text}</p>`);
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${subject}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <p class="product">${product}</p>
          <article>
            <p>${greeting}</p>
            ${asParagraphs(paragraphs)}
            ${
              action === null
                ? ""
                : html`<p><a class="action" href="${action.url}">${action.label}</a></p>
                    <p class="address"><a href="${action.url}">${action.url}</a></p>`
            }
            ${asParagraphs(closing)}
          </article>
          <footer>${footer}</footer>
        </main>
      </body>
    </html>`;
  return { subject, textBody: `${textBody}\n`, htmlBody: page.html.replace(/\n\s+/g, "\n") };
}
