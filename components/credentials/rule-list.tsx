import type { AccessRule } from "@/lib/credentials/rules";

/** Access rules as programs write them, each on a line. */
export function RuleList({ rules }: { rules: readonly AccessRule[] }) {
  return (
    <ul className="text-s">
      {rules.map(({ method, path }) => (
        <li key={`${method} ${path}`}>
          <code className="break-all">{`${method} ${path}`}</code>
        </li>
      ))}
    </ul>
  );
}
