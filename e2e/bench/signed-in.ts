const PASSWORD = "ricarica-demo";

/** Signs somebody of the demo in by the plain form, as a browser without JavaScript does; the cookies to send on. */
export async function signIn(origin: string, email: string): Promise<string> {
  const page = await (await fetch(`${origin}/sign-in`)).text();
  const form = new FormData();
  for (const [input] of page.matchAll(/<input type="hidden"[^>]*>/g)) {
    const [, name = ""] = /name="([^"]*)"/.exec(input) ?? [];
    const [, value = ""] = /value="([^"]*)"/.exec(input) ?? [];
    form.set(name, value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
  }
  form.set("email", email);
  form.set("password", PASSWORD);
  const answer = await fetch(`${origin}/sign-in`, {
    method: "POST",
    body: form,
    redirect: "manual",
    headers: { origin },
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  if (!cookies.some((cookie) => cookie.includes("session_token"))) {
    throw new Error(`${email} was not signed in (${answer.status.toString()}).`);
  }
  return cookies.join("; ");
}
