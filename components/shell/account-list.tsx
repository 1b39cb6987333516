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
              <NavLink href={account.href} className="account-link">
                <b translate="no">{account.name}</b>
                <small translate="no">{account.serviceName}</small>
                <span className={look}>
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
