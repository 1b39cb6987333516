const HEARTBEAT_MS = 15_000;
/** Then the browser connects again, and its session is looked at again. */
const LONGEST_MS = 300_000;
const CONNECT_AGAIN_MS = 1000;

/** Ends each stream that is open. A server that is told to stop waits for its answers, and would for minutes. */
const open = new Set<() => void>();
let isStopping: boolean | null = null;

/** At the first stream and not before: whoever listens to the signal no longer ends by it, such as a build. */
function heedStop(): void {
  if (isStopping !== null) return;
  isStopping = false;
  process.once("SIGTERM", () => {
    isStopping = true;
    for (const close of open) close();
  });
}

/**
 * The body of an answer of the type `text/event-stream`. What is sent before the browser reads waits for it. It ends
 * when the browser goes away or the server is told to stop, and by itself after five minutes; `onEnd` is told once, at once if it has ended already.
 */
export function eventStream(signal: AbortSignal): {
  body: ReadableStream<Uint8Array>;
  send: (message: object) => void;
  onEnd: (listener: () => void) => void;
  close: () => void;
} {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let hasEnded = false;
  let listener = (): void => undefined;

  const write = (text: string) => {
    if (!hasEnded) controller?.enqueue(encoder.encode(text));
  };
  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    open.delete(close);
    clearInterval(heartbeat);
    clearTimeout(longest);
    signal.removeEventListener("abort", close);
    listener();
  };
  const close = () => {
    if (hasEnded) return;
    end();
    controller?.close();
  };
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
    },
    cancel: end,
  });
  const heartbeat = setInterval(() => {
    write(":\n\n");
  }, HEARTBEAT_MS);
  const longest = setTimeout(close, LONGEST_MS);
  signal.addEventListener("abort", close);
  heedStop();
  open.add(close);
  if (signal.aborted || isStopping === true) close();
  write(`retry: ${CONNECT_AGAIN_MS}\n\n`);
  return {
    body,
    send(message) {
      write(`data: ${JSON.stringify(message)}\n\n`);
    },
    onEnd(told) {
      if (hasEnded) told();
      else listener = told;
    },
    close,
  };
}
