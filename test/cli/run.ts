import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  /** Resolves once standard error holds these words; rejects when the command ends without them. */
  said(words: string): Promise<void>;
  readonly ended: Promise<Output>;
}

interface Where {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For standard input. */
  readonly input?: string;
}

/** Starts the built command as a user does: a process of its own, no terminal. */
export function started(args: readonly string[], options: Where = {}): Running {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {}).end(options.input);
  const parts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    parts.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    parts.stderr += chunk;
  });
  const ended = new Promise<Output>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...parts }));
  });
  const said = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (parts.stderr.includes(words)) resolve();
      };
      child.stderr.on("data", look);
      child.on("close", () => reject(new Error(`never said ${words}: ${parts.stderr}`)));
      look();
    });
  return { child, said, ended };
}

/** Runs the built command to its end. */
export function redline(args: readonly string[], options: Where = {}): Promise<Output> {
  return started(args, options).ended;
}
