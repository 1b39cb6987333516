import type { Result } from "@/lib/failure";
import { Card } from "../ui/card";
import { Pill } from "../ui/pill";
import { Table } from "../ui/table";
import { EndOtherSessions } from "./end-other-sessions";

export type SessionRow = {
  key: string;
  device: string;
  isThis: boolean;
  since: string;
  until: string;
  address: string;
};

/** Where one is signed in, and the way to end it everywhere else. */
export function SessionList({
  rows,
  texts,
  endOthersAction,
}: {
  rows: readonly SessionRow[];
  texts: Record<"title" | "caption" | "device" | "since" | "until" | "address" | "thisSession", string>;
  endOthersAction: () => Promise<Result<{ ended: number }>>;
}) {
  return (
    <Card title={texts.title}>
      <Table
        caption={texts.caption}
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          {
            key: "device",
            header: texts.device,
            rowHeader: true,
            cell: (row) => (
              <>
                <span>{row.device}</span> {row.isThis ? <Pill kind="good">{texts.thisSession}</Pill> : null}
              </>
            ),
          },
          { key: "since", header: texts.since, cell: (row) => row.since },
          { key: "until", header: texts.until, cell: (row) => row.until },
          { key: "address", header: texts.address, cell: (row) => row.address },
        ]}
      />
      <EndOtherSessions endOthersAction={endOthersAction} />
    </Card>
  );
}
