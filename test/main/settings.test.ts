import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "../../src/main/settings.js";

const { privateKey: PEM } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});

const SECRET = "a secret of enough length";
const good = { APP_ID: "77", PRIVATE_KEY: PEM, WEBHOOK_SECRET: SECRET };

const problems = (environment: Readonly<Record<string, string | undefined>>): readonly string[] => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

const keyFile = (text: string, mode: number): string => {
  const path = join(mkdtempSync(join(tmpdir(), "redline-key-")), "app.pem");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

test("three variables are enough", () => {
  expect(readSettings(good)).toMatchObject({
    appId: 77,
    secrets: [SECRET],
    webhookPath: "/api/github/webhooks",
    apiUrl: "https://api.github.com",
    paced: true,
    host: "localhost",
    port: 3000,
    databaseUrl: undefined,
    dataDirectory: ".redline",
    resultCap: 200_000_000,
    cacheDirectory: join(".redline", "planner"),
    planners: 1,
    logLevel: "info",
  });
});

describe("the key", () => {
  test.each([
    ["as it is", PEM],
    ["with \\n for line breaks", PEM.replaceAll("\n", "\\n")],
    ["in base64", Buffer.from(PEM).toString("base64")],
  ])("may be given %s", (_, PRIVATE_KEY) => {
    expect(readSettings({ ...good, PRIVATE_KEY }).privateKey.trim()).toBe(PEM.trim());
  });

  test("may be given as a file", () => {
    const { PRIVATE_KEY: _, ...rest } = good;
    expect(readSettings({ ...rest, PRIVATE_KEY_PATH: keyFile(PEM, 0o600) }).privateKey).toBe(PEM);
  });
});

describe("the server refuses to start, with the remedy in one line,", () => {
  const { PRIVATE_KEY: _, ...keyless } = good;

  test.each([
    ["without an App's number", { ...good, APP_ID: undefined }, /^APP_ID is not set: it is the number in the App's settings/],
    ["with an App's name for its number", { ...good, APP_ID: "redline" }, /^APP_ID is not set/],
    ["without a key", keyless, /^neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set: /],
    ["with a key that is none", { ...good, PRIVATE_KEY: "nonsense" }, /^PRIVATE_KEY is not a private key in PEM form: generate one/],
    [
      "with a key file that is not there",
      { ...keyless, PRIVATE_KEY_PATH: "/nowhere.pem" },
      /^PRIVATE_KEY_PATH: \/nowhere\.pem cannot be read/,
    ],
    ["with a key file that holds none", { ...keyless, PRIVATE_KEY_PATH: keyFile("x", 0o600) }, /is not a private key in PEM form/],
    ["with a key that everybody can read", { ...keyless, PRIVATE_KEY_PATH: keyFile(PEM, 0o644) }, /everybody can read .*; run chmod 600 /],
    [
      "without a webhook secret",
      { ...good, WEBHOOK_SECRET: undefined },
      /^WEBHOOK_SECRET is not set: generate one \(openssl rand -hex 32\)/,
    ],
    ["with an empty webhook secret", { ...good, WEBHOOK_SECRET: " " }, /^WEBHOOK_SECRET is not set/],
    [
      "with Probot's public secret",
      { ...good, WEBHOOK_SECRET: "development" },
      /^WEBHOOK_SECRET is shorter than 16 characters: generate one/,
    ],
    [
      "with a short earlier secret",
      { ...good, WEBHOOK_SECRETS_PREVIOUS: `${SECRET},short` },
      /^a secret in WEBHOOK_SECRETS_PREVIOUS is shorter/,
    ],
    ["with a port that is none", { ...good, PORT: "http" }, /^PORT is not a number/],
    ["with an API that is no address", { ...good, GITHUB_API_URL: "github.example.com" }, /^GITHUB_API_URL is not an http address/],
    ["with another database", { ...good, DATABASE_URL: "mysql://localhost" }, /^DATABASE_URL does not start with postgres:\/\//],
    [
      "with a cap of results that is no size",
      { ...good, REDLINE_RESULT_CAP: "1 gig" },
      /^REDLINE_RESULT_CAP is not a size, such as 500MB or 1GB$/,
    ],
    ["with a cap of results that lowers it", { ...good, REDLINE_RESULT_CAP: "100MB" }, /^REDLINE_RESULT_CAP is below 200MB/],
    ["with more planners than reviews", { ...good, REDLINE_PLANNERS: "5" }, /^REDLINE_PLANNERS is above 4, /],
    ["with a number of planners that is none", { ...good, REDLINE_PLANNERS: "many" }, /^REDLINE_PLANNERS is not a number$/],
    [
      "with a net that has no such time",
      { ...good, REDLINE_NET_ALL: "hourly" },
      /^REDLINE_NET_ALL is neither off nor a cron pattern, such as 23 /,
    ],
    [
      "with a short token of the metrics",
      { ...good, REDLINE_METRICS_TOKEN: "short" },
      /^REDLINE_METRICS_TOKEN is shorter than 16 characters/,
    ],
    ["with a port of the metrics that is none", { ...good, REDLINE_METRICS_PORT: "x" }, /^REDLINE_METRICS_PORT is not a number/],
    ["with an unknown log level", { ...good, LOG_LEVEL: "loud" }, /^LOG_LEVEL is no level of pino's/],
  ])("%s (S05)", (_, environment, sentence) => {
    expect(problems(environment)).toEqual([expect.stringMatching(sentence)]);
  });

  test("and names everything at once", () => {
    expect(problems({})).toHaveLength(3);
  });

  test("and never shows a secret (S08)", () => {
    const secrets = { ...good, APP_ID: "x", WEBHOOK_SECRET: "canary", PRIVATE_KEY: "canary" };
    expect(problems(secrets).join("\n")).not.toContain("canary");
  });
});

test.each([
  [{ GHE_HOST: "github.example.com" }, "https://github.example.com/api/v3"],
  [{ GHE_HOST: "127.0.0.1:8080", GHE_PROTOCOL: "http" }, "http://127.0.0.1:8080/api/v3"],
  [{ GITHUB_API_URL: "http://127.0.0.1:8080/" }, "http://127.0.0.1:8080"],
])("%o: the API is at %s", (environment, apiUrl) => {
  expect(readSettings({ ...good, ...environment }).apiUrl).toBe(apiUrl);
});

test("earlier secrets stay valid beside the present one (S06)", () => {
  const earlier = ["the earlier secret of the App", "the one before that one"];
  expect(readSettings({ ...good, WEBHOOK_SECRETS_PREVIOUS: earlier.join(" , ") }).secrets).toEqual([SECRET, ...earlier]);
});

test.each([
  [{ REDLINE_DATA: "/data" }, "/data/planner"],
  [{ REDLINE_DATA: "/data", REDLINE_CACHE_DIR: "/cache" }, "/cache"],
  [{ DATABASE_URL: "postgres://localhost/redline" }, undefined],
  [{ DATABASE_URL: "postgres://localhost/redline", REDLINE_CACHE_DIR: "/cache" }, "/cache"],
])("%o: schemas are kept in %s", (environment, folder) => {
  expect(readSettings({ ...good, ...environment }).cacheDirectory).toBe(folder);
});

test("the cap of results may be raised", () => {
  expect(readSettings({ ...good, REDLINE_RESULT_CAP: "1GB" }).resultCap).toBe(1_000_000_000);
});

test("the nets look every five and two minutes and every hour, unless they are set otherwise or off", () => {
  expect(readSettings(good).nets).toEqual({ active: "*/5 * * * *", all: "23 * * * *", deliveries: "*/2 * * * *" });
  const environment = { ...good, REDLINE_NET_ACTIVE: "*/10 * * * * *", REDLINE_NET_ALL: "off" };
  expect(readSettings(environment).nets).toEqual({ active: "*/10 * * * * *", all: null, deliveries: "*/2 * * * *" });
});

test("metrics are shown nowhere unless a token or a port is set (T04)", () => {
  expect(readSettings(good).metrics).toEqual({ token: undefined, port: undefined });
  const set = { ...good, REDLINE_METRICS_TOKEN: "0123456789abcdef", REDLINE_METRICS_PORT: "9090" };
  expect(readSettings(set).metrics).toEqual({ token: "0123456789abcdef", port: 9090 });
});
