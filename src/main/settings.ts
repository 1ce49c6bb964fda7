import { join } from "node:path";
import { z } from "zod";
import { keyFromFile, keyFromText, type Problem } from "../github/private-key.js";
import type { Keep } from "../store/upkeep/keep.js";
import { DEFAULT_RESULT_CAP, parseResultCap } from "../worker/result-cap.js";
import { keepOf, keepVariables } from "./keep.js";
import { type MetricsSettings, metricsOf, metricsVariables } from "./metrics-settings.js";
import { netsOf, netVariables } from "./net-settings.js";
import type { NetSettings } from "./nets.js";

/** Everything that the environment says. */
export interface Settings {
  readonly appId: number;
  readonly privateKey: string;
  /** The present webhook secret first, then those that are still valid. */
  readonly secrets: readonly string[];
  readonly webhookPath: string;
  /** The API's base address, without a slash at its end. */
  readonly apiUrl: string;
  /** Where these docs can be read; the reports link to them. */
  readonly docsUrl: string | undefined;
  /** Writes of one installation keep GitHub's pace; off only where there are no rate limits. */
  readonly paced: boolean;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  /** Bytes that an artifact may unpack to, and a streamed result file with it. */
  readonly resultCap: number;
  /** Where schemas are kept that were built; below the data directory by default, else the planner's own default. */
  readonly cacheDirectory: string | undefined;
  /** Reviews that may plan at the same time; none without a planner. */
  readonly planners: number;
  readonly keep: Keep;
  readonly logLevel: string;
  /** Without it no net looks, as tests want it that count calls. */
  readonly nets?: NetSettings;
  /** Where the metrics are shown; nowhere when neither is set. */
  readonly metrics?: MetricsSettings;
}

/** The server does not start; one line for each thing to mend. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** Longer than Probot's public default, `development`, with which anybody could sign. */
const secret = (name: string) =>
  z
    .string(`${name} is not set: generate one (openssl rand -hex 32) and write the same one into the App's settings`)
    .min(16, `${name} is shorter than 16 characters: generate one with openssl rand -hex 32`);

const url = (name: string) => z.url({ protocol: /^https?$/, error: `${name} is not an http address, such as https://api.github.com` });

const list = (value: string): readonly string[] =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

const resultCap = z.string().transform((written, { addIssue }) => {
  const bytes = parseResultCap(written);
  if (typeof bytes === "number") return bytes;
  addIssue(bytes.problem);
  return z.NEVER;
});

const variables = z.object({
  APP_ID: z.coerce
    .number("APP_ID is not set: it is the number in the App's settings under About")
    .int("APP_ID is not a whole number")
    .positive("APP_ID is not a positive number"),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: secret("WEBHOOK_SECRET"),
  WEBHOOK_SECRETS_PREVIOUS: z
    .string()
    .default("")
    .transform(list)
    .pipe(z.array(secret("a secret in WEBHOOK_SECRETS_PREVIOUS"))),
  WEBHOOK_PATH: z
    .string()
    .regex(/^\/[\w./-]*$/, "WEBHOOK_PATH is not a path, such as /api/github/webhooks")
    .default("/api/github/webhooks"),
  GITHUB_API_URL: url("GITHUB_API_URL").optional(),
  GHE_HOST: z.string().optional(),
  GHE_PROTOCOL: z.enum(["https", "http"], "GHE_PROTOCOL is neither https nor http").default("https"),
  GITHUB_PACING: z.enum(["on", "off"], "GITHUB_PACING is neither on nor off").default("on"),
  REDLINE_DOCS_URL: url("REDLINE_DOCS_URL").optional(),
  HOST: z.string().default("localhost"),
  PORT: z.coerce
    .number("PORT is not a number")
    .int("PORT is not a whole number")
    .min(0, "PORT is negative")
    .max(65_535, "PORT is above 65535")
    .default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "DATABASE_URL does not start with postgres://")
    .optional(),
  REDLINE_DATA: z.string().default(".redline"),
  REDLINE_CACHE_DIR: z.string().optional(),
  REDLINE_PLANNERS: z.coerce
    .number("REDLINE_PLANNERS is not a number")
    .int("REDLINE_PLANNERS is not a whole number")
    .min(0, "REDLINE_PLANNERS is negative")
    .max(4, "REDLINE_PLANNERS is above 4, the pull requests that are reviewed at the same time")
    .default(1),
  REDLINE_RESULT_CAP: resultCap.default(DEFAULT_RESULT_CAP),
  ...keepVariables,
  ...netVariables,
  ...metricsVariables,
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "LOG_LEVEL is no level of pino's, such as info")
    .default("info"),
});

type Variables = z.infer<typeof variables>;

/** A server's database leaves the data directory unused, which then need not be writable. */
const cacheDirectory = ({ REDLINE_CACHE_DIR, REDLINE_DATA, DATABASE_URL }: Variables): string | undefined => {
  if (REDLINE_CACHE_DIR !== undefined) return REDLINE_CACHE_DIR;
  return DATABASE_URL === undefined && REDLINE_DATA !== ":memory:" ? join(REDLINE_DATA, "planner") : undefined;
};

const apiUrl = ({ GITHUB_API_URL, GHE_HOST, GHE_PROTOCOL }: Variables): string => {
  const address = GITHUB_API_URL ?? (GHE_HOST === undefined ? "https://api.github.com" : `${GHE_PROTOCOL}://${GHE_HOST}/api/v3`);
  return address.replace(/\/+$/, "");
};

const privateKey = ({ PRIVATE_KEY, PRIVATE_KEY_PATH }: Partial<Variables>): string | Problem => {
  if (PRIVATE_KEY !== undefined) return keyFromText(PRIVATE_KEY);
  if (PRIVATE_KEY_PATH !== undefined) return keyFromFile(PRIVATE_KEY_PATH);
  return { problem: "neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set: name the .pem file of the App's settings in PRIVATE_KEY_PATH" };
};

/** An empty variable is as good as none, as compose files leave them. */
const given = (environment: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ""));

/** Reads the environment. @throws SettingsError with every problem at once */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const present = given(environment);
  const parsed = variables.safeParse(present);
  const key = privateKey({ PRIVATE_KEY: present.PRIVATE_KEY, PRIVATE_KEY_PATH: present.PRIVATE_KEY_PATH });
  const problems = [...(parsed.error?.issues.map(({ message }) => message) ?? []), ...(typeof key === "string" ? [] : [key.problem])];
  if (!parsed.success || typeof key !== "string") throw new SettingsError(problems);
  const { data } = parsed;
  return {
    appId: data.APP_ID,
    privateKey: key,
    secrets: [data.WEBHOOK_SECRET, ...data.WEBHOOK_SECRETS_PREVIOUS],
    webhookPath: data.WEBHOOK_PATH,
    apiUrl: apiUrl(data),
    docsUrl: data.REDLINE_DOCS_URL?.replace(/\/+$/, ""),
    paced: data.GITHUB_PACING === "on",
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    dataDirectory: data.REDLINE_DATA,
    resultCap: data.REDLINE_RESULT_CAP,
    cacheDirectory: cacheDirectory(data),
    planners: data.REDLINE_PLANNERS,
    keep: keepOf(data),
    logLevel: data.LOG_LEVEL,
    nets: netsOf(data),
    metrics: metricsOf(data),
  };
}
