import { expect, test } from "vitest";
import { givenRequestId } from "./request-id";

const given = (id: string, trustedProxies: number) =>
  givenRequestId(new Headers({ "x-request-id": id }), trustedProxies);

test("the id of a request is taken from a trusted proxy alone, and only if it is one", () => {
  expect(given("4f1c2d3e5a6b7c8d", 1)).toBe("4f1c2d3e5a6b7c8d");
  expect(given("4f1c2d3e5a6b7c8d", 0)).toBeNull();
  for (const id of ["short", "anna@example.it", "a b c d e f g h", "x".repeat(65)]) {
    expect(given(id, 1)).toBeNull();
  }
  expect(givenRequestId(new Headers(), 1)).toBeNull();
});
