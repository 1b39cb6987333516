/** How far a message has come, drawn: reached, not reached, and the rest still on its way. What it says stands beside it in words. */
export function DeliveryBar({
  delivered,
  undelivered,
  all,
}: {
  delivered: number;
  undelivered: number;
  all: number;
}) {
  const percent = (count: number) => `${((count / all) * 100).toString()}%`;
  return (
    <svg aria-hidden="true" className="mb-3 h-2 w-full rounded-full" preserveAspectRatio="none">
      <rect width="100%" height="100%" className="fill-line" />
      <rect width={percent(delivered)} height="100%" className="fill-good" />
      <rect x={percent(delivered)} width={percent(undelivered)} height="100%" className="fill-bad" />
    </svg>
  );
}
