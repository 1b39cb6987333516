import Link from "next/link";
import type { SearchHit } from "@/lib/staff/search-rules";
import { HitLine } from "./hit-line";
import { hitPath } from "./paths";

/** What was found, as a page shows it. */
export function HitList({ hits }: { hits: readonly SearchHit[] }) {
  return (
    <ol>
      {hits.map((hit) => (
        <li
          key={`${hit.kind} ${hit.customerId} ${hit.serviceName ?? ""} ${hit.orderId ?? ""} ${hit.label}`}
          className="border-b border-line last:border-b-0"
        >
          <Link href={hitPath(hit)} prefetch={false} className="block rounded-s px-2 py-2.5 hover:bg-sunk">
            <HitLine hit={hit} />
          </Link>
        </li>
      ))}
    </ol>
  );
}
