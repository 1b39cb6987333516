import path from "node:path";
import { z } from "zod";

/** The settings of the product. Everything has a default but the database, for which the embedded server stands in. */
export type Settings = {
  /** Null: the embedded server in `dataDirectory`. */
  readonly databaseUrl: string | null;
  readonly port: number;
  /** Was the port asked for? Then no other one will do. */
  readonly portIsSet: boolean;
  readonly host: string;
  /** The origin that browsers use, without a slash at its end. Null: http://HOST:PORT. */
  readonly appUrl: string | null;
  /** Absolute. */
  readonly dataDirectory: string;
};

export type SettingsProblem = { readonly name: string; readonly message: string };

const isUrlOf = (text: string, protocols: readonly string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const Environment = z.object({
  DATABASE_URL: z
    .string()
    .refine((text) => isUrlOf(text, ["postgres:", "postgresql:"]) && new URL(text).pathname.length > 1, {
      error: "must be like postgres://user:password@host:5432/database",
    })
    .optional(),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535, {
      error: "must be a whole number from 1 to 65535",
    })
    .optional(),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, {
      error: "must be a host name or an IP address, such as 127.0.0.1 or 0.0.0.0",
    })
    .optional(),
  APP_URL: z
    .string()
    .refine((text) => isUrlOf(text, ["http:", "https:"]) && /^\/?$/.test(new URL(text).pathname), {
      error: "must be an origin such as https://panel.example.com, without a path",
    })
    .optional(),
  DATA_DIR: z.string().optional(),
});

/** Reads all settings, or lists all that is wrong with them. An empty variable counts as not set. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): { ok: true; settings: Settings } | { ok: false; problems: readonly SettingsProblem[] } {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, text]) =>
      text === undefined || text.trim() === "" ? [] : [[name, text.trim()]],
    ),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map((issue) => ({ name: issue.path.join("."), message: issue.message })),
    };
  }
  const { DATABASE_URL, PORT, HOST, APP_URL, DATA_DIR } = parsed.data;
  return {
    ok: true,
    settings: {
      databaseUrl: DATABASE_URL ?? null,
      port: PORT === undefined ? 3000 : Number(PORT),
      portIsSet: PORT !== undefined,
      host: HOST ?? "127.0.0.1",
      appUrl: APP_URL === undefined ? null : new URL(APP_URL).origin,
      dataDirectory: path.resolve(workingDirectory, DATA_DIR ?? ".data"),
    },
  };
}

/** The database of a process that the start command, or the operator, gave one. */
export function databaseUrl(): string {
  const url = process.env["DATABASE_URL"];
  if (url === undefined || url === "") {
    throw new Error("DATABASE_URL is not set. `npm start` runs everything with an embedded database.");
  }
  return url;
}
