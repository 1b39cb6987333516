/**
 * The API names a message to one receiver by a number: that of the message and the receiver's place in it, in one.
 * There is room for more places than a message may have receivers, and for 2^38 messages below 2^53.
 */
const PLACES = 32_768n;

/** The number of the `position`-th receiver (1, 2, 3 …) of a message. */
export const outgoingId = (message: bigint, position: number): number =>
  Number(message * PLACES + BigInt(position));

/** Takes an identifier apart. */
export function placeOf(id: number): { readonly message: bigint; readonly position: number } {
  const number = BigInt(id);
  return { message: number / PLACES, position: Number(number % PLACES) };
}
