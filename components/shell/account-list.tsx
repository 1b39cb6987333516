"use client";

import type { Route } from "next";
import { Icon } from "@/components/ui/icon";
import { NavLink } from "./nav-link";

/** One SMS account in the menu. Texts are ready to show: `balanceText` is for eyes, `balanceLabel` is read out. */
export type MenuAccount = {
  href: Route;
  name: string;
  serviceName: string;
  level: "enough" | "low" | "empty";
  balanceText: string;
  balanceLabel: string;
};

const LEVELS = {
  enough: { look: "text-ink-2", icon: null },
  low: { look: "text-warn", icon: "warn" },
  empty: { look: "text-bad", icon: "bad" },
} as const;

/** A client component, so that the page carries the texts of each account once, and not the two lists of its menus. */
export function AccountList({ label, accounts }: { label: string; accounts: readonly MenuAccount[] }) {
  return (
    <nav aria-label={label}>
      <ul className="grid gap-0.5">
        {accounts.map((account) => {
          const { look, icon } = LEVELS[account.level];
          return (
            <li key={account.serviceName}>
              <NavLink
                href={account.href}
                className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-s px-3 py-2 hover:bg-sunk aria-[current]:bg-accent-soft"
              >
                <span translate="no" className="font-semibold">
                  {account.name}
                </span>
                <span translate="no" className="row-start-2 truncate text-s text-ink-3">
                  {account.serviceName}
                </span>
                <span
                  className={`col-start-2 row-span-2 flex items-center gap-1.5 self-center font-semibold ${look}`}
                >
                  {icon === null ? null : <Icon name={icon} />}
                  <span aria-hidden="true" translate="no">
                    {account.balanceText}
                  </span>
                  <span className="sr-only">{account.balanceLabel}</span>
                </span>
              </NavLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
