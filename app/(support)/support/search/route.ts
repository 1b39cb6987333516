import { staffRequest } from "@/lib/next/staff-context";
import { searchText } from "@/lib/search-parameters";
import { LONGEST_SEARCH } from "@/lib/staff/search-rules";
import { searchEverything } from "@/lib/staff/search-service";

/** What a text finds, for the list that follows the typing. */
export async function GET(request: Request): Promise<Response> {
  const staff = await staffRequest();
  if (staff instanceof Response) return staff;
  const text = searchText(Object.fromEntries(new URL(request.url).searchParams), "q", LONGEST_SEARCH);
  const found = await searchEverything(staff.context, { text });
  if (!found.ok) return new Response(null, { status: 404 });
  return Response.json({ text, hits: found.value }, { headers: { "cache-control": "no-store" } });
}
