import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { ProbotOctokit } from "probot";
import { type JournalEntry, type StartedDouble, startDouble } from "./client.mjs";

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });

/** The App's key. */
export const keys = { app: pair() };
/** One that GitHub does not know: making it takes as long as a test, so only who needs it does. */
export const otherKeys = pair;
export const appId = 77;
export const secret = "a secret of the webhooks";
export const shop = { owner: "acme", repo: "shop" };
export const repository = "acme/shop";

export interface Received {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface Stage {
  readonly github: StartedDouble;
  /** The App's own client on the installation. */
  readonly app: InstanceType<typeof ProbotOctokit>;
  readonly installation: number;
  readonly head: string;
  readonly base: string;
  /** What the App's webhook address received. */
  readonly received: Received[];
  /** Ends it and says on which calls the contract was broken or the double itself failed: none, in a good test. */
  stop(): Promise<{ violations: JournalEntry[]; crashes: JournalEntry[] }>;
}

/** Nothing to complain about. */
export const clean = { violations: [], crashes: [] };

/** Answers 202 to every webhook and keeps it. */
async function receive(received: Received[]): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

/** acme/shop with pull request 1 from branch `feature`, the App installed, and its webhooks received. */
export async function raiseStage(): Promise<Stage> {
  const github = await startDouble();
  const received: Received[] = [];
  const receiver = await receive(received);
  await github.registerApp({ id: appId, publicKey: keys.app.publicKey, webhook: { url: receiver.url, secret } });
  await github.createRepository({
    ...shop,
    name: shop.repo,
    organization: true,
    files: { "README.md": "shop\n", "db/a.sql": "SELECT 1;\n" },
  });
  const { id: installation } = await github.install({ app: appId, owner: "acme" });
  await github.push({
    repository,
    branch: "feature",
    by: "alice",
    files: { "db/a.sql": "SELECT 2;\n", "logo.png": { base64: "iVAAAA==" } },
  });
  const pull = await github.openPull({ repository, head: "feature", user: "alice" });
  const stop = async () => {
    const complaints = { violations: await github.violations(), crashes: await github.crashes() };
    receiver.close();
    await github.stop();
    return complaints;
  };
  return { github, app: appClient(github.api, installation), installation, head: pull.head_sha, base: pull.base_sha, received, stop };
}

/** Probot's client, without pacing and retries. */
export function appClient(baseUrl: string, installationId?: number, privateKey = keys.app.privateKey): InstanceType<typeof ProbotOctokit> {
  const Client = ProbotOctokit.defaults((options: object) => ({ ...options, retry: { enabled: false }, throttle: { enabled: false } }));
  const auth = installationId === undefined ? { appId, privateKey } : { appId, privateKey, installationId };
  return new Client({ baseUrl, auth });
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** An App JWT by hand, so that tests may make it wrong. Times are seconds from now. */
export function jwt({ iat = -30, exp = 300, issuer = appId, key = keys.app.privateKey, alg = "RS256" } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const signed = `${encode({ alg, typ: "JWT" })}.${encode({ iat: now + iat, exp: now + exp, iss: issuer })}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

/** A raw request: status, headers and JSON. */
export async function ask(url: string, { token, method = "GET", body, headers = {} }: AskOptions = {}): Promise<Asked> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const payload = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { ...authorization, ...headers }, redirect: "manual", ...payload });
  const text = await response.text();
  const json: unknown = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, json };
}

interface AskOptions {
  readonly token?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}
