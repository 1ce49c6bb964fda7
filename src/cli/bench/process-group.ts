import { type ChildProcess, spawn } from "node:child_process";

/** Time that a process has to end by itself after SIGTERM, in milliseconds. */
const GRACE = 2_000;
/** A daemon that left the group may hold our pipes open for ever. */
const LAST_OUTPUT = 1_000;
const TAIL = 8_000;
/** One byte more than any result file may have, so that a longer one is found to be too long. */
const MOST_OUTPUT = 50_000_001;

export interface GroupOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Seconds. */
  readonly timeout: number;
  /** Aborted when the user or the system asks Redline to stop. */
  readonly stop: AbortSignal;
  /** Keep what is written to standard output. */
  readonly capture: boolean;
}

/** How a command ended, with the whole group of processes that it started. */
export interface Ended {
  readonly how: "exited" | "timed-out" | "stopped" | "not-started";
  /** Null when a signal ended it or it never started. */
  readonly exit: number | null;
  readonly seconds: number;
  readonly stdout: Uint8Array;
  /** The last lines of both outputs. Foreign. */
  readonly tail: string;
}

const running = new Set<number>();
process.on("exit", () => {
  for (const group of running) signalGroup(group, "SIGKILL");
});

/** A group whose last process is gone has nobody to tell. */
function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM"))) throw error;
  }
}

function outputOf(child: ChildProcess, capture: boolean): { stdout(): Uint8Array; tail(): string } {
  const kept: Buffer[] = [];
  let [length, tail] = [0, ""];
  const remember = (chunk: Buffer): void => {
    tail = (tail + chunk.toString("utf8")).slice(-TAIL);
  };
  child.stdout?.on("data", (chunk: Buffer) => {
    remember(chunk);
    if (capture && length < MOST_OUTPUT) kept.push(chunk);
    length += chunk.length;
  });
  child.stderr?.on("data", remember);
  return { stdout: () => Buffer.concat(kept), tail: () => tail };
}

/** Asks the group to end when the time is over or somebody says stop, and insists after a while. */
function limit(group: number, { timeout, stop }: GroupOptions): { reason(): "timed-out" | "stopped" | null; release(): void } {
  let reason: "timed-out" | "stopped" | null = null;
  let insisting: NodeJS.Timeout | undefined;
  const end = (why: "timed-out" | "stopped"): void => {
    reason ??= why;
    signalGroup(group, "SIGTERM");
    insisting ??= setTimeout(signalGroup, GRACE, group, "SIGKILL");
  };
  const stopped = (): void => end("stopped");
  const timer = setTimeout(end, timeout * 1_000, "timed-out");
  stop.addEventListener("abort", stopped);
  // Somebody may have said it while the command was being started.
  if (stop.aborted) stopped();
  return {
    reason: () => reason,
    release: () => {
      clearTimeout(timer);
      clearTimeout(insisting);
      stop.removeEventListener("abort", stopped);
    },
  };
}

/** What a command leaves running would disturb the next run, so it ends with it. */
function endGroup(child: ChildProcess, group: number): void {
  signalGroup(group, "SIGKILL");
  running.delete(group);
  setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, LAST_OUTPUT).unref();
}

/**
 * Runs a command in a process group of its own and ends the group with it.
 * @param command one word is a line for the shell, several are a program and its arguments
 */
export function runGroup(command: readonly string[], options: GroupOptions): Promise<Ended> {
  const { cwd, env, capture } = options;
  const [program = "", ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { cwd, env, detached: true, shell: command.length === 1, stdio: ["ignore", "pipe", "pipe"] });
  const output = outputOf(child, capture);
  const ended = (how: Ended["how"], exit: number | null, tail = output.tail()): Ended => ({
    ...{ how, exit, tail, seconds: (performance.now() - started) / 1_000, stdout: output.stdout() },
  });
  return new Promise((resolve) => {
    const group = child.pid;
    if (group === undefined) {
      child.on("error", (error) => resolve(ended("not-started", null, error.message)));
      return;
    }
    running.add(group);
    const limits = limit(group, options);
    child.on("error", () => undefined);
    child.on("exit", () => endGroup(child, group));
    child.on("close", (code) => {
      limits.release();
      resolve(ended(limits.reason() ?? "exited", code));
    });
  });
}
