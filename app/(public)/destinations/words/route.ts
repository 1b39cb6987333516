import { searchIndex } from "@/lib/destinations/names";

/** What countries are found by while one types: the same for everybody, until the product itself is another. */
export function GET(): Response {
  return Response.json(searchIndex(), { headers: { "cache-control": "private, max-age=3600" } });
}
