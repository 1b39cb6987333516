import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Connection, listenToNews } from "./live-connection";

const NEWS = JSON.stringify({ stamp: "1", balance: "10", recharge: null });

/** A browser's stream of events, driven by hand. */
class Stream {
  static readonly CLOSED = 2;
  static last: Stream;
  readyState = 1;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    Stream.last = this;
  }
  close(): void {
    this.readyState = Stream.CLOSED;
  }
  says(data: string): void {
    this.onmessage?.({ data });
  }
  fails(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.onerror?.();
  }
}

const heard: Connection[] = [];
let answer = 200;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
  vi.stubGlobal("document", Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(answer === 200 ? NEWS : null, { status: answer })),
  );
  heard.length = 0;
  answer = 200;
  stop = listenToNews("/live", {
    onNews: () => undefined,
    onConnection: (connection) => heard.push(connection),
  });
  Stream.last.says(NEWS);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a stream that ends and is there again soon after is not worth a word", async () => {
  Stream.last.fails(0);
  await vi.advanceTimersByTimeAsync(4900);
  Stream.last.says(NEWS);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(["open", "open"]);
});

test("a stream that does not come back is lost, said once, until news come in", async () => {
  Stream.last.fails(0);
  Stream.last.fails(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(heard).toEqual(["open", "lost"]);
  Stream.last.says(NEWS);
  expect(heard).toEqual(["open", "lost", "open"]);
});

test("where a stream is refused it is asked every few seconds, and what fails for long is lost", async () => {
  answer = 503;
  Stream.last.fails(2);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(heard).toEqual(["open", "lost"]);
  answer = 200;
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard.at(-1)).toBe("open");
});

test("a session that has ended is said at once, and nothing is asked any more", async () => {
  answer = 401;
  Stream.last.fails(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(["open", "signed_out"]);
  answer = 200;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(["open", "signed_out"]);
});
