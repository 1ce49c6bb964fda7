import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { NetSettings } from "../../src/main/nets.js";
import type { Times } from "../../src/worker/dependencies.js";
import { appId, keys, secret } from "../github-double/stage.js";
import type { Kind } from "./options.js";

/** The repository's root, from `test/faults` as well as from `build/test/faults`. */
const root = fileURLToPath(new URL(import.meta.url.includes("/build/test/") ? "../../../" : "../../", import.meta.url));
const programs: Record<Kind, string> = { redline: "test/faults/redline.mjs", plain: "test/faults/plain-app/main.mjs" };

/** What production looks at in minutes and hours has to happen within a run of minutes; all other times are production's. */
const quickNets: NetSettings = { active: "*/15 * * * * *", all: "*/30 * * * * *", deliveries: "*/5 * * * * *" };

export interface Program {
  readonly child: ChildProcess;
  readonly port: number;
  readonly exited: Promise<unknown>;
}

export interface ProgramSettings {
  readonly kind: Kind;
  readonly apiUrl: string;
  /** DATABASE_URL or REDLINE_DATA. */
  readonly store: Readonly<Record<string, string>>;
  /** When the nets look; every few seconds where it is not said. */
  readonly nets?: NetSettings;
  readonly times?: Partial<Times>;
  /** How wrong the process's clock is, in milliseconds. */
  readonly clockMs?: number;
  /** Only what is fatal where it is not said. */
  readonly logLevel?: string;
  /** Told each line that the process logs. */
  complain(line: string): void;
}

const environmentOf = ({
  apiUrl,
  store,
  nets = quickNets,
  times = {},
  clockMs = 0,
  logLevel = "fatal",
}: ProgramSettings): Record<string, string> => ({
  NODE_ENV: "production",
  APP_ID: String(appId),
  PRIVATE_KEY: keys.app.privateKey,
  WEBHOOK_SECRET: secret,
  GITHUB_API_URL: apiUrl,
  GITHUB_PACING: "off",
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: process.env.FAULTS_LOG ?? logLevel,
  REDLINE_PLANNERS: "0",
  FAULTS_SETTINGS: JSON.stringify({ nets }),
  FAULTS_TIMES: JSON.stringify(times),
  FAULTS_CLOCK_MS: String(clockMs),
  ...store,
});

/** Starts one App as a process; resolves when it listens. @throws Error when it ends instead */
export async function startProgram(options: ProgramSettings): Promise<Program> {
  const child = spawn(process.execPath, [programs[options.kind]], {
    cwd: root,
    env: environmentOf(options),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let last = "";
  child.stderr.on("data", (chunk) => {
    last = String(chunk);
    options.complain(last);
  });
  const port = new Promise<number>((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = /^\{"listening":(\d+)\}$/.exec(line);
      if (found) resolve(Number(found[1]));
      else options.complain(line);
    });
  });
  const ended = exited.then(([code]) => {
    throw new Error(`the App ended with ${code} before it listened: ${last}`);
  });
  ended.catch(() => undefined);
  return { child, port: await Promise.race([port, ended]), exited };
}
