import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What a reading took. */
export interface Took {
  readonly wallSeconds: number;
  /** User and system; undefined where nobody tells. */
  readonly cpuSeconds?: number;
  /** Largest resident set in bytes. */
  readonly maxRss?: number;
}

const TICKS = 100;
const POLL_MS = 20;

/** Linux only: proc(5), stat fields 14 and 15 in clock ticks, status VmHWM in kB. */
function readProc(pid: number): { readonly cpuSeconds: number; readonly maxRss: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = Number(/^Vm(?:HWM|RSS):\s+(\d+) kB/m.exec(status)?.[1]);
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, maxRss: kilobytes * 1024 };
  } catch {
    return undefined;
  }
}

async function outputOf(child: ReturnType<typeof spawn>): Promise<string> {
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${child.spawnargs.join(" ")} ended with ${code}`);
  return output;
}

/** Runs a program and watches it from outside, its start included. @throws when it cannot be started or fails */
export async function watched(command: string, args: readonly string[]): Promise<{ readonly output: string; readonly took: Took }> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const seen: { cpuSeconds?: number; maxRss?: number } = {};
  const watch = setInterval(() => {
    const now = child.pid === undefined ? undefined : readProc(child.pid);
    if (now !== undefined && now.maxRss > 0) Object.assign(seen, { ...now, maxRss: Math.max(seen.maxRss ?? 0, now.maxRss) });
  }, POLL_MS);
  const output = await outputOf(child).finally(() => clearInterval(watch));
  return { output, took: { wallSeconds: (performance.now() - started) / 1000, ...seen } };
}

/** Runs a program that prints JSON. @throws when it cannot be started or fails */
export async function answer<T>(command: string, args: readonly string[]): Promise<T> {
  return JSON.parse(await outputOf(spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] })));
}
