import { expect, test, vi } from "vitest";
import { type AccountNews, createWatchers } from "./watch-rules";

const KEY = { customerId: "c", serviceName: "s" };
const news = (stamp: string): AccountNews => ({ key: KEY, stamp, balance: 1000n, recharge: null });

test("each watcher is told at its first poll, and then when the stamp is another", async () => {
  let stamp = "1";
  const watchers = createWatchers(() => Promise.resolve([news(stamp)]));
  const listener = { onNews: vi.fn(), onLost: vi.fn() };
  const stop = watchers.watch(KEY, listener);
  await watchers.poll();
  await watchers.poll();
  expect(listener.onNews).toHaveBeenCalledTimes(1);
  stamp = "2";
  await watchers.poll();
  expect(listener.onNews).toHaveBeenLastCalledWith(news("2"));
  stop();
  expect(watchers.isIdle()).toBe(true);
  expect(listener.onLost).not.toHaveBeenCalled();
});

test("whoever watches when the news cannot be read is told so, once, and asks anew", async () => {
  const read = vi
    .fn()
    .mockRejectedValueOnce(new Error("stopped"))
    .mockResolvedValue([news("1")]);
  const watchers = createWatchers(read);
  const stops: (() => void)[] = [];
  // Whoever loses a watch stops it, as a stream does when it is closed.
  const lost = [0, 1].map((each) => {
    const onLost = vi.fn(() => stops[each]?.());
    stops.push(watchers.watch(KEY, { onNews: vi.fn(), onLost }));
    return onLost;
  });
  await watchers.poll();
  for (const onLost of lost) expect(onLost).toHaveBeenCalledTimes(1);
  expect(watchers.isIdle()).toBe(true);

  const again = { onNews: vi.fn(), onLost: vi.fn() };
  watchers.watch(KEY, again);
  await watchers.poll();
  expect(again.onNews).toHaveBeenCalledWith(news("1"));
});
