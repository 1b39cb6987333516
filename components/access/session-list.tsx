"use client";

import { useActionState } from "react";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { Pill } from "../ui/pill";
import { SubmitButton } from "../ui/submit-button";
import { Table } from "../ui/table";

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
  texts: Record<
    "title" | "caption" | "device" | "since" | "until" | "address" | "thisSession" | "endOthers",
    string
  >;
  endOthersAction: () => Promise<string>;
}) {
  const [said, endOthers] = useActionState(endOthersAction, "");
  return (
    <Card title={texts.title}>
      {said === "" ? null : (
        <Notice kind="good" announce="status">
          {said}
        </Notice>
      )}
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
      <form action={endOthers} className="mt-4">
        <SubmitButton variant="ghost">{texts.endOthers}</SubmitButton>
      </form>
    </Card>
  );
}
