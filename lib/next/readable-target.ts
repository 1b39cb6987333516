/**
 * A request's target with a path that can be decoded. The framework answers 500 where an escape stands for nothing
 * (`%zz`) or for half a character (`%F0%9F`); with the percent signs escaped it finds no such page, as it should.
 */
export function readableTarget(target: string): string {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  try {
    decodeURIComponent(path);
    return target;
  } catch {
    return path.replaceAll("%", "%25") + target.slice(path.length);
  }
}
