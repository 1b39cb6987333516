export const dynamic = "force-dynamic";

/** This process answers. It asks nothing of anybody, so that a database that is away does not restart the server. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}
