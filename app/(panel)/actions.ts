"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { signOut } from "@/lib/access/service";
import { strangerContext } from "@/lib/next/context";
import { passCookies } from "@/lib/next/visitor";

export async function signOutAction(): Promise<void> {
  const { setCookies } = await signOut(strangerContext(), await headers());
  await passCookies(setCookies);
  redirect("/sign-in");
}
