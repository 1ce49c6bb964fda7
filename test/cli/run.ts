import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { main } from "../../src/cli/main.js";

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

/** Sets the whole environment, for C++ too: Node asks it for the temporary folder. */
function environment(wanted: NodeJS.ProcessEnv): () => void {
  const before = { ...process.env };
  const set = (to: NodeJS.ProcessEnv): void => {
    for (const name of Object.keys(process.env)) if (to[name] === undefined) delete process.env[name];
    Object.assign(process.env, to);
  };
  set(wanted);
  return () => set(before);
}

/** Catches what a stream is given. */
function caught(stream: NodeJS.WriteStream, parts: string[]): () => void {
  const { write } = stream;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    parts.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    for (const done of rest) if (typeof done === "function") done();
    return true;
  };
  return () => {
    stream.write = write;
  };
}

/**
 * Runs a command to its end, in this process: starting one for each would take most of the tests' time. A command that
 * reads standard input is started as a user does; so are, by {@link started}, those that get a signal.
 */
export async function redline(args: readonly string[], options: Where = {}): Promise<Output> {
  if (options.input !== undefined) return started(args, options).ended;
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const cwd = process.cwd();
  const restores = [
    environment({ PATH: process.env.PATH, ...options.env }),
    caught(process.stdout, stdout),
    caught(process.stderr, stderr),
  ];
  if (options.cwd !== undefined) process.chdir(options.cwd);
  try {
    const code = await main(args);
    return { code, stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    process.chdir(cwd);
    for (const restore of restores) restore();
  }
}
