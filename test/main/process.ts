import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appId, keys, secret } from "../github-double/stage.js";

/** A directory of its own for key and database. */
export const directory = (): string => mkdtempSync(join(tmpdir(), "redline-main-"));

export interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  /** Everything it logged so far. */
  readonly output: string[];
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

/** The environment of a server at the local GitHub. */
export function environmentOf(home: string, apiUrl: string): Record<string, string> {
  const path = join(home, "app.pem");
  writeFileSync(path, keys.app.privateKey, { mode: 0o600 });
  return {
    APP_ID: String(appId),
    PRIVATE_KEY_PATH: path,
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: apiUrl,
    GITHUB_PACING: "off",
    REDLINE_DATA: join(home, "data"),
    HOST: "127.0.0.1",
    PORT: "0",
  };
}

/** Runs `node dist/main.js` with nothing but this environment. PGlite is up in half the time when its code is not optimised as well. */
export function run(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["--liftoff-only", "dist/main.js"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
}

/** Starts the server and resolves when it says that it is ready. */
export function start(environment: Record<string, string>): Promise<Server> {
  const child = run(environment);
  const output: string[] = [];
  const exited = once(child, "exit").then(([code]) => code);
  return new Promise((resolve, reject) => {
    let rest = "";
    child.stderr?.on("data", (chunk) => output.push(String(chunk)));
    child.stdout?.on("data", (chunk) => {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      output.push(...lines);
      const ready = lines.find((line) => line.includes('"msg":"ready"'));
      if (ready !== undefined) resolve({ child, port: JSON.parse(ready).port, output, exited });
    });
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}:\n${output.join("\n")}`)));
  });
}
