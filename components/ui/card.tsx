import { useId, type ReactNode } from "react";
import type { Elements } from "./elements";

const TONES = { plain: "card", sunk: "card sunk" } as const;

/** A section with its own heading. `action` stands at the right of the heading: a link, a legend. */
export function Card({
  title,
  level = 2,
  tone = "plain",
  action,
  className = "",
  children,
}: {
  title?: ReactNode;
  level?: 2 | 3;
  tone?: keyof typeof TONES;
  action?: Elements;
  className?: string;
  children: Elements;
}) {
  const titleId = useId();
  const Heading = level === 2 ? "h2" : "h3";
  const box = className === "" ? TONES[tone] : `${TONES[tone]} ${className}`;
  if (title === undefined) return <div className={box}>{children}</div>;
  return (
    <section aria-labelledby={titleId} className={box}>
      <div className="card-head">
        <Heading id={titleId}>{title}</Heading>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Cards side by side where there is room, below each other where there is not. */
export function CardGrid({ columns = 3, children }: { columns?: 2 | 3; children: ReactNode }) {
  const wide = columns === 3 ? "lg:grid-cols-3" : "lg:grid-cols-2";
  return <div className={`mb-4 grid grid-cols-1 gap-4 ${wide}`}>{children}</div>;
}
