import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Text } from "../model/text.js";
import { program } from "./own-network.js";

/** What a child may use before it is killed. */
export interface Limits {
  readonly heapMb: number;
  /** Resident memory, polled where /proc exists. */
  readonly rssMb: number;
}

export interface KillableOptions {
  /** Completes the sentence of a kill: "it took longer than 5 s to …". */
  readonly task?: "read" | "run";
  /** Files and folders that it may read, under Node's permission model: all else, child processes and workers are refused. */
  readonly mayRead?: readonly string[];
  /** Has the kernel give it a network of its own, with nothing in it, where that takes no privilege. */
  readonly ownNetwork?: boolean;
}

type Rules = Limits & KillableOptions;

export type Answer = { readonly status: "answered"; readonly message: unknown } | { readonly status: "stopped"; readonly reason: Text };

/** A child process that answers one question at a time and is killed when it does not. */
export interface Killable {
  /** Forks a child if there is none. Never rejects. */
  ask(message: object, deadlineMs: number): Promise<Answer>;
  /** Forks a child if there is none, for a question that will come. */
  warm(): void;
  /** Kills the child; the next question gets a new one. */
  retire(): void;
}

const BOOT_MS = 20_000;
const POLL_MS = 100;
const PAST = { read: "read", run: "ran" } as const;

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

/** The child's next message, or why there will be none. */
function reply(child: ChildProcess, deadlineMs: number, rules: Rules, begin: (lost: () => void) => void): Promise<Answer> {
  const { rssMb, task = "read" } = rules;
  return new Promise((resolve) => {
    const finish = (answer: Answer): void => {
      clearTimeout(deadline);
      clearInterval(poll);
      child.off("message", onMessage).off("exit", onExit).off("error", onExit);
      resolve(answer);
    };
    const stopped = (reason: Text): void => finish({ status: "stopped", reason });
    const onMessage = (message: unknown): void => finish({ status: "answered", message });
    const onExit = (): void => stopped([`the process that ${PAST[task]} it ended unexpectedly`]);
    const deadline = setTimeout(() => stopped([`it took longer than ${deadlineMs / 1000} s to ${task}`]), deadlineMs);
    const poll = setInterval(async () => {
      if ((await residentMb(child.pid ?? 0)) > rssMb) stopped([`it took more than ${rssMb} MB of memory to ${task}`]);
    }, POLL_MS);
    child.on("message", onMessage).on("exit", onExit).on("error", onExit);
    begin(onExit);
  });
}

// Node 20 and 22 know the permission model by its first name.
const PERMISSION = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";

const permissionFlags = (paths: readonly string[] | undefined): readonly string[] =>
  paths === undefined ? [] : [PERMISSION, ...paths.map((path) => `--allow-fs-read=${path}`)];

/** One that is busy would not notice that this program has ended. */
const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/** The environment is empty: nothing that a hostile text could reach holds a secret. */
function forkChild(script: URL, rules: Rules): ChildProcess {
  // Without liftoff-only, Node 24 optimizes a parser's WebAssembly in the background with some 500 MB of its own.
  const flags = [`--max-old-space-size=${rules.heapMb}`, "--liftoff-only", ...permissionFlags(rules.mayRead)];
  const path = fileURLToPath(script);
  const child = fork(path, [], {
    env: {},
    ...program(path, flags, rules.ownNetwork === true),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  living.add(child);
  child.on("error", () => living.delete(child)).on("exit", () => living.delete(child));
  child.unref();
  child.channel?.unref();
  return child;
}

interface Started {
  readonly running: ChildProcess;
  /** Its first message, or why there is none. */
  readonly boot: Promise<Answer>;
}

/**
 * The only place that starts processes for foreign input. Parsers are synchronous and know no time limit:
 * a child that does not answer in time, or grows too large, is killed and replaced.
 *
 * @param script a built module that sends `"ready"` once, then one message per question.
 */
export function killable(script: URL, limits: Limits, options: KillableOptions = {}): Killable {
  const rules = { ...limits, ...options };
  let child: Started | null = null;
  const retire = (): void => {
    child?.running.kill("SIGKILL");
    child = null;
  };
  const start = (): Started => {
    if (child?.running.connected) return child;
    const running = forkChild(script, rules);
    child = { running, boot: reply(running, BOOT_MS, rules, () => {}) };
    return child;
  };
  const ask = async (message: object, deadlineMs: number): Promise<Answer> => {
    const { running, boot } = start();
    const booted = await boot;
    const failed = booted.status === "answered" ? null : booted;
    const answer = failed ?? (await reply(running, deadlineMs, rules, (lost) => running.send(message, (error) => error && lost())));
    if (answer.status === "stopped") retire();
    return answer;
  };
  return { ask, warm: () => void start(), retire };
}
