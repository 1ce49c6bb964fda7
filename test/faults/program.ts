import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { appId, keys, secret } from "../github-double/stage.js";
import type { Kind } from "./options.js";

/** The repository's root, from `test/faults` as well as from `build/test/faults`. */
const root = fileURLToPath(new URL(import.meta.url.includes("/build/test/") ? "../../../" : "../../", import.meta.url));
const programs: Record<Kind, string> = { redline: "test/faults/redline.mjs", plain: "test/faults/plain-app/main.mjs" };

/** Milliseconds. What production counts in minutes has to happen within a run of minutes. */
export interface Timing {
  readonly staleMs: number;
  readonly leaseMs: number;
  readonly activeMs: number;
  readonly openMs: number;
  readonly sweepMs: number;
}

/** Half again as long as reads are stale; leases as short as a kill wants them, nets as frequent as two cores allow. */
export const timingFor = (staleMs: number): Timing => ({
  staleMs: Math.round(staleMs * 1.5),
  leaseMs: 5_000,
  activeMs: 20_000,
  openMs: 40_000,
  sweepMs: 5_000,
});

export interface Program {
  readonly child: ChildProcess;
  readonly port: number;
  readonly exited: Promise<unknown>;
}

export interface ProgramSettings {
  readonly kind: Kind;
  readonly apiUrl: string;
  readonly timing: Timing;
  /** DATABASE_URL or REDLINE_DATA. */
  readonly store: Readonly<Record<string, string>>;
  complain(line: string): void;
}

const environmentOf = ({ apiUrl, timing, store }: ProgramSettings): Record<string, string> => ({
  NODE_ENV: "production",
  APP_ID: String(appId),
  PRIVATE_KEY: keys.app.privateKey,
  WEBHOOK_SECRET: secret,
  GITHUB_API_URL: apiUrl,
  GITHUB_PACING: "off",
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: process.env.FAULTS_LOG ?? "fatal",
  REDLINE_PLANNERS: "0",
  FAULTS_TIMING: JSON.stringify(timing),
  ...store,
});

/** Starts one App as a process; resolves when it listens. @throws Error when it ends instead */
export async function startProgram(settings: ProgramSettings): Promise<Program> {
  const child = spawn(process.execPath, [programs[settings.kind]], {
    cwd: root,
    env: environmentOf(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let last = "";
  child.stderr.on("data", (chunk) => {
    last = String(chunk);
    settings.complain(last);
  });
  const port = new Promise<number>((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = /^\{"listening":(\d+)\}$/.exec(line);
      if (found) resolve(Number(found[1]));
      else settings.complain(line);
    });
  });
  const ended = exited.then(([code]) => {
    throw new Error(`the App ended with ${code} before it listened: ${last}`);
  });
  ended.catch(() => undefined);
  return { child, port: await Promise.race([port, ended]), exited };
}
