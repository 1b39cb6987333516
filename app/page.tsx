import { goToSignIn, panelPerson } from "@/lib/next/context";
import { goTo } from "@/lib/next/visitor";

export default async function StartPage() {
  const person = await panelPerson();
  if (person === null) return goToSignIn();
  goTo(person.role === "customer" ? "/telecom" : "/support");
}
