import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

const holder = z.object({
  pid: z.number().int(),
  /** Kernel ticks since boot when it started: a pid is reused, the pair is not. */
  startedAt: z.string(),
  /** Boot and pid namespace: only inside the same one does a pid mean anything. Empty where the system does not tell. */
  machine: z.string(),
  host: z.string(),
});

/** A process that holds a lock. */
export type Holder = z.infer<typeof holder>;

function read<T>(reading: () => T, otherwise: T): T {
  try {
    return reading();
  } catch {
    return otherwise;
  }
}

/** Start time from `/proc/<pid>/stat`; null when there is no such process, or only its zombie. */
function startOf(pid: number): string | null {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  // proc(5): the second field is the name in parentheses; after it come the state (3) and, as field 22, starttime.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const dead = fields[0] === "Z" || fields[0] === "X";
  return dead ? null : (fields[19] ?? null);
}

const machine = (): string =>
  read(() => `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${readlinkSync("/proc/self/ns/pid")}`, "");

export const thisProcess = (): Holder => ({
  pid: process.pid,
  startedAt: startOf(process.pid) ?? "",
  machine: machine(),
  host: hostname(),
});

/** Null for a torn or foreign file. */
export const parseHolder = (content: string): Holder | null => read(() => holder.parse(JSON.parse(content)), null);

/** Whether the holder lives; null when it cannot be told from here: another machine, boot or container. */
export function lives(found: Holder): boolean | null {
  const here = machine();
  if (here === "" || found.machine !== here) return null;
  return startOf(found.pid) === found.startedAt;
}
