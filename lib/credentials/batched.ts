import { BatchQueues } from "@/lib/ledger/batch-queues";

const MAX_BATCH = 500;

/**
 * Does for many what was asked for one by one: what comes while an earlier batch is at work is the next batch, so that a
 * busy server asks the database once for many calls. Nothing is answered by what was read before it was asked.
 * `work` answers its items in their order. Each place, such as a pool of connections, has batches of its own.
 */
export function batched<Place extends object, Item, Answer>(
  work: (place: Place, items: readonly Item[]) => Promise<readonly Answer[]>,
  queueOf: (item: Item) => string = () => "",
): (place: Place, item: Item) => Promise<Answer> {
  type Asked = { item: Item; answer: (answer: Answer) => void; fail: (error: unknown) => void };
  const queues = new WeakMap<Place, BatchQueues<Asked>>();

  const workOn = (place: Place) => async (asked: readonly Asked[]) => {
    try {
      const answers = await work(
        place,
        asked.map(({ item }) => item),
      );
      if (answers.length !== asked.length) throw new Error("a batch was not answered as it was asked");
      answers.forEach((answer, index) => asked[index]?.answer(answer));
    } catch (error) {
      for (const { fail } of asked) fail(error);
    }
  };
  return (place, item) =>
    new Promise((answer, fail) => {
      const ofPlace = queues.get(place) ?? new BatchQueues<Asked>(workOn(place), MAX_BATCH);
      queues.set(place, ofPlace);
      ofPlace.add(queueOf(item), { item, answer, fail });
    });
}
