"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { endOtherSessions } from "@/lib/access/service";
import { panelContext, panelPerson } from "@/lib/next/context";

/** Ends the sessions on other devices; answers with what to tell, in the reader's language. */
export async function endOtherSessionsAction(): Promise<string> {
  const [context, person, t] = await Promise.all([
    panelContext(),
    panelPerson(),
    getTranslations("access.account"),
  ]);
  if (context === null || person === null) return "";
  const result = await endOtherSessions(context, person.sessionId);
  if (!result.ok) return "";
  refresh();
  return t("endedOthers", { count: result.value.ended });
}
