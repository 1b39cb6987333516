import path from "node:path";
import { z } from "zod";
import { type MailAddress, parseMailAddress } from "./mail-address";

const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of the product. Everything has a default but the database, for which the embedded server stands in. */
export type Settings = {
  /** Null: the embedded server in `dataDirectory`. */
  readonly databaseUrl: string | null;
  /** The login that staff pages read with. Null: that of `databaseUrl`, which takes the role. */
  readonly staffDatabaseUrl: string | null;
  /** The login that migrates. Null: that of `databaseUrl`. */
  readonly ownerDatabaseUrl: string | null;
  readonly port: number;
  /** Was the port asked for? Then no other one will do. */
  readonly portIsSet: boolean;
  readonly host: string;
  /** The origin that browsers use, without a slash at its end. Null: http://HOST:PORT. */
  readonly appUrl: string | null;
  /** Absolute. */
  readonly dataDirectory: string;
  /** Signs session cookies. Null: the start command makes one and keeps it in `dataDirectory`. */
  readonly authSecret: string | null;
  /** How many proxies in front append to X-Forwarded-For. None: the header is never believed. */
  readonly trustedProxies: number;
  readonly api: {
    /** Null: /api/1.0 of the panel. */
    readonly publicUrl: string | null;
    /** How far a request's timestamp may be from the clock, either way. */
    readonly skewSeconds: number;
    readonly callsPerMinuteOfKey: number;
    readonly callsPerMinuteOfAddress: number;
  };
  /** Enciphers the secrets of applications. Null: a file of the data directory. */
  readonly credentialsKey: string | null;
  /** Corrections of a balance by more whole credits than this need the approval of somebody else. */
  readonly fourEyesAbove: number;
  /** Who sends it may read /metrics from anywhere. Null: this machine only. */
  readonly metricsToken: string | null;
  /** Null: mail stays in the outbox. */
  readonly mail: MailSettings | null;
  /** The least of what is logged. */
  readonly logLevel: LogLevel;
};

/** How mail leaves: over which server, in whose name. */
export type MailSettings = { readonly smtpUrl: string; readonly from: MailAddress };

export type SettingsProblem = { readonly name: string; readonly message: string };

const isUrlOf = (text: string, protocols: readonly string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least.toString()} to ${most.toString()}`,
    })
    .transform(Number)
    .optional();

const secret = z.string().min(32, { error: "must have at least 32 characters" }).optional();

const SmtpUrl = z.string().refine((text) => isUrlOf(text, ["smtp:", "smtps:"]) && new URL(text).host !== "", {
  error:
    "must be like smtp://user:password@mail.example.com:587, or smtps:// for a server that begins with TLS",
});

const MailFrom = z.string().transform((text, context) => {
  const from = parseMailAddress(text);
  if (from !== null) return from;
  context.addIssue({
    code: "custom",
    message: "must be like panel@example.com or Ricarica <panel@example.com>",
  });
  return z.NEVER;
});

const postgresUrl = z
  .string()
  .refine((text) => isUrlOf(text, ["postgres:", "postgresql:"]) && new URL(text).pathname.length > 1, {
    error: "must be like postgres://user:password@host:5432/database",
  })
  .optional();

const Variables = z.object({
  DATABASE_URL: postgresUrl,
  DATABASE_URL_STAFF: postgresUrl,
  DATABASE_URL_OWNER: postgresUrl,
  PORT: wholeNumber(1, 65_535),
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
  AUTH_SECRET: secret,
  TRUSTED_PROXIES: wholeNumber(0, 9),
  API_URL: z
    .string()
    .refine((text) => isUrlOf(text, ["http:", "https:"]) && new URL(text).search === "", {
      error: "must be an address such as https://api.example.com/1.0",
    })
    .optional(),
  API_TIME_SKEW_SECONDS: wholeNumber(1, 3600),
  API_CALLS_PER_MINUTE: wholeNumber(1, 1_000_000),
  API_CALLS_PER_MINUTE_OF_ADDRESS: wholeNumber(1, 1_000_000),
  CREDENTIALS_KEY: secret,
  CORRECTION_FOUR_EYES: wholeNumber(0, 100_000_000),
  METRICS_TOKEN: secret,
  SMTP_URL: SmtpUrl.optional(),
  MAIL_FROM: MailFrom.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` }).optional(),
});

/** Reads all settings, or lists all that is wrong with them. An empty variable counts as not set. */
export function readSettings(
  environment: Environment,
  workingDirectory: string,
): { ok: true; settings: Settings } | { ok: false; problems: readonly SettingsProblem[] } {
  const given = Object.entries(environment).flatMap(([name, text]) =>
    text === undefined || text.trim() === "" ? [] : [[name, text.trim()]],
  );
  const parsed = Variables.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const { issues } = parsed.error;
    return {
      ok: false,
      problems: issues.map(({ path: [name], message }) => ({ name: String(name), message })),
    };
  }
  const read = parsed.data;
  if (read.SMTP_URL !== undefined && read.MAIL_FROM === undefined) {
    return { ok: false, problems: [{ name: "MAIL_FROM", message: "must be set with SMTP_URL" }] };
  }
  return {
    ok: true,
    settings: {
      databaseUrl: read.DATABASE_URL ?? null,
      staffDatabaseUrl: read.DATABASE_URL_STAFF ?? null,
      ownerDatabaseUrl: read.DATABASE_URL_OWNER ?? null,
      port: read.PORT ?? 3000,
      portIsSet: read.PORT !== undefined,
      host: read.HOST ?? "127.0.0.1",
      appUrl: read.APP_URL === undefined ? null : new URL(read.APP_URL).origin,
      dataDirectory: path.resolve(workingDirectory, read.DATA_DIR ?? ".data"),
      authSecret: read.AUTH_SECRET ?? null,
      trustedProxies: read.TRUSTED_PROXIES ?? 0,
      api: {
        publicUrl: read.API_URL ?? null,
        skewSeconds: read.API_TIME_SKEW_SECONDS ?? 30,
        callsPerMinuteOfKey: read.API_CALLS_PER_MINUTE ?? 3000,
        callsPerMinuteOfAddress: read.API_CALLS_PER_MINUTE_OF_ADDRESS ?? 6000,
      },
      credentialsKey: read.CREDENTIALS_KEY ?? null,
      fourEyesAbove: read.CORRECTION_FOUR_EYES ?? 100,
      metricsToken: read.METRICS_TOKEN ?? null,
      mail:
        read.SMTP_URL === undefined || read.MAIL_FROM === undefined
          ? null
          : { smtpUrl: read.SMTP_URL, from: read.MAIL_FROM },
      logLevel: read.LOG_LEVEL ?? "info",
    },
  };
}

/** As `readSettings`, of this process. Throws one error that lists all that is wrong. */
export function currentSettings(environment: Environment = process.env): Settings {
  const read = readSettings(environment, process.cwd());
  if (read.ok) return read.settings;
  const lines = read.problems.map(({ name, message }) => `\n  ${name} ${message}`);
  throw new Error(`Some settings are wrong:${lines.join("")}`);
}

/** The address that browsers use, without a slash at its end. */
export function originOf({ appUrl, host, port }: Settings): string {
  if (appUrl !== null) return appUrl;
  // Whoever listens on every address is reached by one.
  const reached = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port.toString()}`;
}

/** The database of a process that the start command, or the operator, gave one. */
export function databaseUrl(): string {
  const url = process.env["DATABASE_URL"];
  if (url === undefined || url === "") {
    throw new Error("DATABASE_URL is not set. `npm start` runs everything with an embedded database.");
  }
  return url;
}

/** Where staff pages read: the same database, by a login of its own if it was given one. */
export function staffDatabaseUrl(): string {
  const url = process.env["DATABASE_URL_STAFF"];
  return url === undefined || url.trim() === "" ? databaseUrl() : url.trim();
}

/** The settings of the HTTP API. */
export type ApiSettings = Settings["api"] & {
  /** Where programs reach the API, its base path included. Signatures are checked against this address alone. */
  readonly publicUrl: string;
  readonly credentialsKey: string | null;
  readonly dataDirectory: string;
};

export function apiSettings(environment: Environment = process.env): ApiSettings {
  const settings = currentSettings(environment);
  const { api, credentialsKey, dataDirectory } = settings;
  return {
    ...api,
    publicUrl: api.publicUrl ?? `${originOf(settings)}/api/1.0`,
    credentialsKey,
    dataDirectory,
  };
}

/** The settings of sign-in. `origin` is the one that browsers use; cookies are secure when it is https. */
export type AccessSettings = {
  readonly secret: string;
  readonly origin: string;
  readonly trustedProxies: number;
};

export function accessSettings(environment: Environment = process.env): AccessSettings {
  const settings = currentSettings(environment);
  if (settings.authSecret === null) throw new Error("AUTH_SECRET is not set. `npm start` makes one.");
  return {
    secret: settings.authSecret,
    origin: originOf(settings),
    trustedProxies: settings.trustedProxies,
  };
}

/** How the tests get their server: an embedded one of their own, without fsync, unless these ask for something else. */
export function testServerSettings(): { url: string | null; durable: boolean } {
  return {
    url: process.env["TEST_DATABASE_URL"] ?? null,
    durable: process.env["TEST_DURABLE"] === "1",
  };
}

/** Is this `next dev`? Its tools want rights that no page of the product has. */
export function isDevelopment(): boolean {
  return process.env["NODE_ENV"] === "development";
}
