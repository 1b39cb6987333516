import type { Route } from "next";
import Link from "next/link";
import { Menu } from "./menu";
import { SignOutForm } from "./sign-out-form";

/** Who is signed in, the pages that are the reader's own, and the way out. */
export function AccountMenu({
  name,
  email,
  pages,
  texts,
  signOutAction,
}: {
  name: string;
  email: string;
  pages: readonly { href: Route; text: string }[];
  texts: { label: string; signOut: string };
  signOutAction: () => Promise<void>;
}) {
  return (
    <Menu
      summary={
        <>
          <span aria-hidden="true">{initialsOf(name)}</span>
          <span className="sr-only">{`${texts.label}: ${name}`}</span>
        </>
      }
      summaryClassName="grid size-9 place-items-center rounded-full! bg-accent-soft text-s font-bold text-accent-strong"
      panelClassName="right-0 mt-2 w-64 p-1.5"
    >
      <div className="mb-1 border-b border-line px-3 pt-1.5 pb-2.5">
        <p translate="no" className="font-semibold">
          {name}
        </p>
        <p translate="no" className="truncate text-s text-ink-3">
          {email}
        </p>
      </div>
      {pages.map(({ href, text }) => (
        <Link key={href} href={href} className="menu-item">
          {text}
        </Link>
      ))}
      <SignOutForm text={texts.signOut} className="menu-item" signOutAction={signOutAction} />
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (
    letters
      .map((word) => /^./u.exec(word ?? "")?.[0] ?? "")
      .join("")
      .toUpperCase() || "•"
  );
}
