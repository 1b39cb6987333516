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

/** The settings of the HTTP API. */
export type ApiSettings = {
  /** Where programs reach the API, its base path included. Signatures are checked against this address alone. */
  readonly publicUrl: string;
  /** How far a request's timestamp may be from the clock, either way. */
  readonly skewSeconds: number;
  readonly callsPerMinuteOfKey: number;
  readonly callsPerMinuteOfAddress: number;
  /** Enciphers the secrets of applications. Null: a file of the data directory. */
  readonly credentialsKey: string | null;
  readonly dataDirectory: string;
};

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number)
    .optional();

const API_BASE_PATH = "/api/1.0";

const ApiEnvironment = z.object({
  API_URL: z
    .string()
    .refine((text) => isUrlOf(text, ["http:", "https:"]) && new URL(text).search === "", {
      error: "must be an address such as https://api.example.com/1.0",
    })
    .optional(),
  API_TIME_SKEW_SECONDS: wholeNumber(1, 3600),
  API_CALLS_PER_MINUTE: wholeNumber(1, 1_000_000),
  API_CALLS_PER_MINUTE_OF_ADDRESS: wholeNumber(1, 1_000_000),
  CREDENTIALS_KEY: z.string().min(32, { error: "must have at least 32 characters" }).optional(),
});

/** Reads the settings of the API. Throws, with a list of what is wrong. */
export function apiSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ApiSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text?.trim() !== ""));
  const general = readSettings(given, process.cwd());
  const parsed = ApiEnvironment.safeParse(given);
  if (!parsed.success || !general.ok) {
    const issues = parsed.error?.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) ?? [];
    const others = general.ok ? [] : general.problems.map((problem) => `${problem.name} ${problem.message}`);
    throw new Error(`wrong settings: ${[...issues, ...others].join("; ")}`);
  }
  const { appUrl, host, port, dataDirectory } = general.settings;
  return {
    publicUrl: parsed.data.API_URL ?? `${appUrl ?? `http://${host}:${port.toString()}`}${API_BASE_PATH}`,
    skewSeconds: parsed.data.API_TIME_SKEW_SECONDS ?? 30,
    callsPerMinuteOfKey: parsed.data.API_CALLS_PER_MINUTE ?? 3000,
    callsPerMinuteOfAddress: parsed.data.API_CALLS_PER_MINUTE_OF_ADDRESS ?? 6000,
    credentialsKey: parsed.data.CREDENTIALS_KEY ?? null,
    dataDirectory,
  };
}

/** The settings of sign-in. */
export type AccessSettings = {
  /** Signs session cookies. */
  readonly secret: string;
  /** The origin that browsers use; cookies are secure when it is https. */
  readonly origin: string;
  /** How many proxies in front append to X-Forwarded-For. None: the header is never believed. */
  readonly trustedProxies: number;
};

/** Reads the settings of sign-in. Throws for what is wrong; the start command provides the secret. */
export function accessSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): AccessSettings {
  const general = readSettings(environment, process.cwd());
  const secret = environment["AUTH_SECRET"] ?? "";
  const trustedProxies = wholeNumber(0, 9).safeParse(environment["TRUSTED_PROXIES"] || undefined);
  if (secret.length < 32) throw new Error("AUTH_SECRET must have at least 32 characters");
  if (!trustedProxies.success) throw new Error("TRUSTED_PROXIES must be a whole number from 0 to 9");
  if (!general.ok)
    throw new Error(general.problems.map(({ name, message }) => `${name} ${message}`).join("; "));
  const { appUrl, host, port } = general.settings;
  return {
    secret,
    origin: appUrl ?? `http://${host}:${port.toString()}`,
    trustedProxies: trustedProxies.data ?? 0,
  };
}

/** How the tests get their server: an embedded one of their own, without fsync, unless these ask for something else. */
export function testServerSettings(): { url: string | null; durable: boolean } {
  return {
    url: process.env["TEST_DATABASE_URL"] ?? null,
    durable: process.env["TEST_DURABLE"] === "1",
  };
}
