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

test("each account's news reach those who watch it, and news of an account that nobody watches reach nobody", async () => {
  const keys = [KEY, { customerId: "c", serviceName: "t" }, { customerId: "d", serviceName: "s" }] as const;
  const read = vi.fn((asked: readonly AccountNews["key"][]) =>
    Promise.resolve(
      [...asked, { customerId: "gone", serviceName: "s" }].map((key) => ({
        ...news(`of ${key.customerId} ${key.serviceName}`),
        key,
      })),
    ),
  );
  const watchers = createWatchers(read);
  const listeners = keys.map((key) => {
    const listener = { onNews: vi.fn(), onLost: vi.fn() };
    watchers.watch(key, listener);
    return listener;
  });
  await watchers.poll();
  expect(read).toHaveBeenCalledWith(keys);
  const told = listeners.map(({ onNews }) => onNews.mock.calls.map(([one]) => (one as AccountNews).stamp));
  expect(told).toEqual([["of c s"], ["of c t"], ["of d s"]]);
});

test("who stops ends nobody else's watch, also when it stops late", async () => {
  const read = vi.fn(() => Promise.resolve([news("1")]));
  const watchers = createWatchers(read);
  const [first, second, third] = [0, 1, 2].map(() => ({ onNews: vi.fn(), onLost: vi.fn() }));
  if (first === undefined || second === undefined || third === undefined) throw new Error("three are made");
  const stopFirst = watchers.watch(KEY, first);
  const stopSecond = watchers.watch(KEY, second);
  expect(watchers.isIdle()).toBe(false);
  stopFirst();
  await watchers.poll();
  expect([first.onNews.mock.calls.length, second.onNews.mock.calls.length]).toEqual([0, 1]);

  // A watch that was lost is stopped only after somebody else has begun one of the same account.
  read.mockRejectedValueOnce(new Error("stopped"));
  await watchers.poll();
  expect(second.onLost).toHaveBeenCalledTimes(1);
  watchers.watch(KEY, third);
  stopSecond();
  await watchers.poll();
  expect(third.onNews).toHaveBeenCalledWith(news("1"));
});
