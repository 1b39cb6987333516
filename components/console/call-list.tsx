import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Details } from "@/components/ui/details";
import { route } from "@/components/ui/route";
import type { ConsoleCall } from "@/lib/console/rules";

export const callPath = (id: string): Route => route(`/console?call=${id}`);

const GROUPS = ["sms", "order", "auth"] as const;

/** Every call, by section; on a phone behind one line that says which is chosen. */
export function CallList(props: {
  calls: readonly ConsoleCall[];
  chosen: ConsoleCall;
  summaries: Readonly<Record<string, string>>;
}) {
  const { calls, chosen, summaries } = props;
  const t = useTranslations("console");
  const list = (
    <nav aria-label={t("calls")}>
      {GROUPS.map((group) => (
        <section key={group} className="mb-3">
          <h2 className="mb-1 px-2 text-s font-semibold text-ink-3">{t(`groups.${group}`)}</h2>
          <ul>
            {calls
              .filter(({ path }) => path.startsWith(`/${group}`))
              .map((call) => (
                <li key={call.id}>
                  <Link
                    href={callPath(call.id)}
                    aria-current={call.id === chosen.id ? "page" : undefined}
                    className="block rounded-s px-2 py-2 hover:bg-sunk aria-[current]:bg-accent-soft aria-[current]:font-semibold"
                  >
                    <span className="block">{summaries[call.id]}</span>
                    <CallName call={call} />
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
  return (
    <>
      <Details
        key={chosen.id}
        summary={`${t("choose")}: ${summaries[chosen.id] ?? ""}`}
        className="rounded-m border border-line bg-card p-3 lg:hidden"
      >
        {list}
      </Details>
      <div className="max-lg:hidden">{list}</div>
    </>
  );
}

/** Method and path, as the wire has them. */
export function CallName({ call }: { call: Pick<ConsoleCall, "method" | "path"> }) {
  return (
    <code translate="no" className="text-s font-normal wrap-anywhere text-ink-2">
      <span>{call.method}</span>{" "}
      {call.path
        .split("/")
        .slice(1)
        .map((part) => (
          <Fragment key={part}>
            <wbr />
            <span>{`/${part}`}</span>
          </Fragment>
        ))}
    </code>
  );
}
