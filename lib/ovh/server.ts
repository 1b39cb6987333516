import type { Context } from "@/lib/context";
import type { ApiSettings } from "@/lib/env";

/** What the API works with, given by the route that receives the request. */
export type ApiServer = Pick<Context, "db" | "now"> & {
  readonly settings: ApiSettings;
  /** The origin of the panel, for the addresses of its pages. */
  readonly panelUrl: string;
  /** The network address of who asks, as far as it can be vouched for. */
  readonly address: string;
  /** Records what should not have happened, under the id that the caller was given. */
  readonly report: (error: unknown, queryId: string) => void;
};
