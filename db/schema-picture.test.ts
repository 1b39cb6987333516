import { expect, test } from "vitest";
import { schemaPicture } from "./schema-picture";

test("docs/schema.md shows the tables as they are, each with what a row of it is", async () => {
  const picture = await schemaPicture();
  const withoutComment = picture.split("\n").filter((line) => /\|\s*\|$/.test(line));
  expect(withoutComment).toEqual([]);
  await expect(picture).toMatchFileSnapshot("../docs/schema.md");
});
