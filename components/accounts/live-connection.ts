/** What the server says of an account whenever something of it has changed. `balance` is printed credits. */
export type ReceivedNews = {
  readonly stamp: string;
  readonly balance: string;
  readonly recharge: { readonly id: string; readonly state: string; readonly credits: number } | null;
};

/** `lost` when nothing has come through for a while; `signed_out` when nothing will until somebody signs in again. */
export type Connection = "open" | "lost" | "signed_out";

export type LiveHandlers = {
  onNews: (news: ReceivedNews) => void;
  onConnection: (connection: Connection) => void;
};

const POLL_EVERY_MS = 3000;
/** The first news are sent at once: a stream that says nothing for so long is being held back on its way. */
const SILENT_FOR_MS = 5000;
/** A stream ends every few minutes and a new one is there a second later, which is not worth a word. */
const LOST_AFTER_MS = 5000;

/**
 * Listens to the news at `url` while the page can be seen: by a stream of events, or by asking every few seconds where
 * streams do not come through. Returns the way to stop.
 */
export function listenToNews(url: string, { onNews, onConnection }: LiveHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;
  let losing: ReturnType<typeof setTimeout> | undefined;

  const waitForNews = () => {
    losing ??= setTimeout(() => {
      onConnection("lost");
    }, LOST_AFTER_MS);
  };
  const stopWaiting = () => {
    clearTimeout(losing);
    losing = undefined;
  };
  const hear = (text: string) => {
    const news = readNews(text);
    if (news === null) return;
    stopWaiting();
    onConnection("open");
    onNews(news);
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
    asking?.abort();
    asking = null;
  };
  const stop = () => {
    close();
    stopWaiting();
  };
  const poll = () => {
    waitForNews();
    asking = new AbortController();
    fetch(url, { headers: { accept: "application/json" }, cache: "no-store", signal: asking.signal })
      .then(async (response) => {
        if (response.ok) hear(await response.text());
        if (response.status !== 401) return;
        stop();
        onConnection("signed_out");
      })
      .catch(() => undefined)
      .finally(() => {
        if (asking !== null) timer = setTimeout(poll, POLL_EVERY_MS);
      });
  };
  const start = () => {
    stop();
    const stream = new EventSource(url);
    source = stream;
    const pollInstead = () => {
      close();
      poll();
    };
    timer = setTimeout(pollInstead, SILENT_FOR_MS);
    stream.onmessage = (event: MessageEvent<string>) => {
      clearTimeout(timer);
      hear(event.data);
    };
    stream.onerror = () => {
      waitForNews();
      // The browser tries again by itself unless the answer was no stream at all.
      if (stream.readyState === EventSource.CLOSED) pollInstead();
    };
  };
  const follow = () => {
    if (document.hidden) stop();
    else start();
  };

  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    stop();
  };
}

function readNews(text: string): ReceivedNews | null {
  const news: unknown = JSON.parse(text);
  return isNews(news) ? news : null;
}

function isNews(news: unknown): news is ReceivedNews {
  return (
    typeof news === "object" &&
    news !== null &&
    "stamp" in news &&
    typeof news.stamp === "string" &&
    "balance" in news &&
    typeof news.balance === "string" &&
    "recharge" in news
  );
}
