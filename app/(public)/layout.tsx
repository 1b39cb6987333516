import { chooseLanguageAction } from "@/app/actions";
import { signOutAction } from "@/app/(panel)/actions";
import { ReaderBar } from "@/components/shell/reader-bar";
import { panelPerson } from "@/lib/next/context";

/** Pages that need no sign-in. Whoever is signed in finds his own way back in the bar. */
export default async function PublicLayout({ children }: LayoutProps<"/">) {
  // Without the database a reader is a stranger here; the page says what is wrong.
  const person = await panelPerson().catch(() => null);
  return (
    <>
      <ReaderBar
        reader={person && { ...person, isCustomer: person.role === "customer" }}
        chooseLanguageAction={chooseLanguageAction}
        signOutAction={signOutAction}
      />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-300 px-4 pt-5 pb-12 outline-none sm:px-8 sm:pt-6"
      >
        {children}
      </main>
    </>
  );
}
