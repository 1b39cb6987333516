import fs from "node:fs";
import path from "node:path";
import { expect, type Customer } from "./fixtures";

const ROOT = path.join(import.meta.dirname, "..");
const NOBODY = "00000000-0000-8000-8000-000000000000";

/** The addresses of a part of `app` that are about `customer`, of files with this name; read from the project, so that none is forgotten. */
export function addressesOf(
  part: "(panel)" | "(support)" | "(public)",
  file: "page.tsx" | "route.ts",
  customer: Customer,
) {
  const named: Readonly<Record<string, string>> = {
    serviceName: customer.serviceName,
    customerId: customer.customerId,
    orderId: "100001",
    messageId: NOBODY,
    mailId: NOBODY,
  };
  const found = fs
    .readdirSync(path.join(ROOT, "app", part), { recursive: true, encoding: "utf8" })
    .filter((place) => path.basename(place) === file)
    .map((place) => {
      const folder = path.dirname(place).replaceAll(path.sep, "/");
      return `/${folder.replace(/\[(\w+)\]/g, (_, name: string) => named[name] ?? `unknown-${name}`)}`;
    });
  expect(found.join()).not.toContain("unknown-");
  return found.sort();
}
