import type { Context } from "@/lib/context";
import type { ApiSettings } from "@/lib/env";

/** What the API works with, given by the route that receives the request. */
export type ApiServer = Pick<Context, "db" | "now"> & {
  readonly settings: ApiSettings;
  /** The origin of the panel, for the addresses of its pages. */
  readonly panelUrl: string;
  /** The network address of who asks, as far as it can be vouched for. */
  readonly address: string;
  /** The id that a trusted proxy gave the request. */
  readonly givenRequestId: string | null;
  /** Told of each call once it is answered. */
  readonly answered: (call: AnsweredCall) => void;
  /** Records what should not have happened, under the id that the caller was given. */
  readonly report: (error: unknown, queryId: string) => void;
};

/** What is logged of a call: nothing that names a customer or that a caller wrote. */
export type AnsweredCall = {
  readonly requestId: string;
  readonly method: string;
  /** As in the list of calls, `/sms/{serviceName}`. Null: no call has this path, or it was not looked at. */
  readonly route: string | null;
  readonly status: number;
  readonly milliseconds: number;
  /** Null: not signed, or not by a key that is let in. */
  readonly consumerKeyId: string | null;
};
