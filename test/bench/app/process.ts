import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** The same for every App of the bench. */
export const secret = "a secret of the bench's webhooks";
export const webhookPath = "/api/github/webhooks";
export const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});

/** A program of the bench's, seen from outside. */
export interface Program {
  /** What it said of itself in the line that it was awaited for. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Resident set now, in bytes. */
  rss(): number;
  /** The largest resident set since it started, in bytes. */
  peak(): number;
  /** Bytes that it wrote to both outputs. */
  written(): number;
  stop(): Promise<void>;
}

/** Linux only: proc(5), in kB there. */
const memory = (pid: number, field: string): number =>
  1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

const parsed = (line: string): Readonly<Record<string, unknown>> | null => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

async function awaited(child: ChildProcess, isIt: (line: Readonly<Record<string, unknown>>) => boolean) {
  const { stdout } = child;
  if (stdout) {
    for await (const line of createInterface({ input: stdout })) {
      const told = parsed(line);
      if (told && isIt(told)) return told;
    }
  }
  throw new Error(`${child.spawnargs.join(" ")} ended before it was ready`);
}

/** Starts a Node program and awaits one line of JSON. @throws when it ends before that */
export async function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  isReady: (line: Readonly<Record<string, unknown>>) => boolean,
): Promise<Program> {
  const child = spawn(process.execPath, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  const { pid = 0 } = child;
  let bytes = 0;
  for (const output of [child.stdout, child.stderr]) output?.on("data", (chunk: Buffer) => (bytes += chunk.length));
  const told = await awaited(child, isReady);
  child.stdout?.resume();
  return {
    told,
    rss: () => memory(pid, "VmRSS"),
    peak: () => memory(pid, "VmHWM"),
    written: () => bytes,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** A folder for the while of `work`, with the App's key in it. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "redline-bench-app-"));
  try {
    writeFileSync(join(folder, "app.pem"), key.privateKey, { mode: 0o600 });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where an App listens. */
export interface Listening extends Program {
  readonly port: number;
}

/** Opens the metrics' page of the bench's Redline. */
const metricsToken = "a token of the bench's metrics".replaceAll(" ", "-");

/** Resolves when everything that was acknowledged is handled. */
export async function handled(app: Listening): Promise<void> {
  for (;;) {
    const headers = { authorization: `Bearer ${metricsToken}` };
    const page = await (await fetch(`http://127.0.0.1:${app.port}/metrics`, { headers })).text();
    if (/^redline_inbox_pending 0$/m.test(page)) return;
    // To count what waits costs the embedded database time that is handling's.
    await sleep(1_000);
  }
}

/** Redline, as `node dist/main.js`. Without `databaseUrl` it has its embedded database in the folder. */
export async function startRedline(
  folder: string,
  given: { readonly apiUrl: string; readonly databaseUrl?: string; readonly paced?: boolean },
): Promise<Listening> {
  const environment = {
    APP_ID: "77",
    PRIVATE_KEY_PATH: join(folder, "app.pem"),
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: given.apiUrl,
    GITHUB_PACING: given.paced ? "on" : "off",
    REDLINE_DATA: join(folder, "data"),
    REDLINE_METRICS_TOKEN: metricsToken,
    HOST: "127.0.0.1",
    PORT: "0",
    ...(given.databaseUrl !== undefined && { DATABASE_URL: given.databaseUrl }),
  };
  const program = await startProgram(["dist/main.js"], environment, ({ msg }) => msg === "ready");
  return { ...program, port: Number(program.told.port) };
}

/** Nothing but signature, insert and answer, on the same databases. */
export async function startFloor(folder: string, databaseUrl?: string): Promise<Listening> {
  const database = databaseUrl === undefined ? { REDLINE_DATA: join(folder, "floor") } : { DATABASE_URL: databaseUrl };
  const program = await startProgram(
    [new URL("floor-app.js", import.meta.url).pathname],
    { WEBHOOK_SECRET: secret, ...database },
    ({ port }) => port !== undefined,
  );
  return { ...program, port: Number(program.told.port) };
}

/** The least that a Probot App is: it verifies, parses, calls a handler that does nothing, and answers. It stores nothing. */
export async function startBare(): Promise<Listening> {
  const program = await startProgram(
    [new URL("bare-app.js", import.meta.url).pathname],
    { APP_ID: "77", PRIVATE_KEY: key.privateKey, WEBHOOK_SECRET: secret, NODE_ENV: "production" },
    ({ port }) => port !== undefined,
  );
  return { ...program, port: Number(program.told.port) };
}
