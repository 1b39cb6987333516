/** The forms of an answer that a program may ask for by `contentType`. */
export const CONTENT_TYPES = [
  "text/plain",
  "text/html",
  "text/xml",
  "application/xml",
  "text/json",
  "application/json",
] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

export const isContentType = (text: string): text is ContentType =>
  CONTENT_TYPES.some((known) => known === text);

/** What is answered: what was sent and what is left, or why nothing was, by OVH's numbers for it. */
export type Http2smsAnswer =
  | { readonly status: 100; readonly creditLeft: string; readonly ids: readonly number[] }
  | {
      readonly status: 201 | 202 | 241 | 401 | 405 | 413 | 429 | 500 | 503;
      readonly message: string;
      readonly retryAfterSeconds?: number;
    };

/** As OVH writes it, to the letter: programs cut lines and tags out of it. */
export function printAnswer(answer: Http2smsAnswer, contentType: ContentType): string {
  const isSent = answer.status === 100;
  const status = answer.status.toString();
  switch (contentType) {
    case "text/plain":
      return (isSent ? ["OK", answer.creditLeft, ...answer.ids] : ["KO", answer.message]).join("\n");
    case "text/html": {
      const lines = isSent
        ? `OK<br>\n${[answer.creditLeft, ...answer.ids].map((line) => `${line.toString()}<br>\n`).join("")}`
        : `KO<br>${escaped(answer.message)}<br>\n`;
      return `${HTML_BEGIN}${lines}</BODY>\n</HTML>\n`;
    }
    case "text/xml":
    case "application/xml": {
      const ids = isSent ? answer.ids.map((id) => `<smsId>${id.toString()}</smsId>`).join("") : "";
      const rest = isSent
        ? `<creditLeft>${answer.creditLeft}</creditLeft><smsIds>${ids}</smsIds>`
        : `<message>${escaped(answer.message)}</message>`;
      return `<?xml version="1.0" encoding="UTF-8" ?><response><status>${status}</status>${rest}</response>`;
    }
    case "text/json":
    case "application/json":
      return JSON.stringify(
        isSent
          ? { status: 100, creditLeft: answer.creditLeft, SmsIds: answer.ids.map(String) }
          : { status: answer.status, message: answer.message },
      );
  }
}

const HTML_BEGIN = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<HTML>
<HEAD>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" >
<title>HTTP2SMS</title>
</HEAD>
<BODY>
`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What was refused is told in the text alone, with a 200, as programs expect it; that there may be another time, by HTTP too. */
export const httpStatusOf = ({ status }: Http2smsAnswer): number =>
  status === 405 || status === 413 || status === 429 || status >= 500 ? status : 200;
