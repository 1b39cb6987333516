"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type StaffAddress, type Part, staffPath } from "./paths";

/** The parts of an account as staff see it. Each access is recorded, so nothing is fetched before it is asked for. */
export function StaffTabs(props: {
  label: string;
  tabs: readonly { readonly part: Part; readonly text: string }[];
  address: StaffAddress;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={props.label} className="mb-5 border-b border-line print:hidden">
      <ul className="flex flex-wrap gap-x-5">
        {props.tabs.map(({ part, text }) => {
          const href = staffPath(part, props.address);
          return (
            <li key={part}>
              <Link
                href={href}
                prefetch={false}
                aria-current={href.split("?")[0] === pathname ? "page" : undefined}
                className="block border-b-2 border-transparent py-2.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
              >
                {text}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
