import { readdirSync, readFileSync } from "node:fs";

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** Pids of a process's living children that run the planner's program. */
export const plannerChildren = (parent: number): readonly string[] =>
  readdirSync("/proc").filter((pid) => {
    const status = read(`/proc/${pid}/status`);
    const isOurs = status.includes(`PPid:\t${parent}\n`) && !status.includes("State:\tZ");
    return isOurs && read(`/proc/${pid}/cmdline`).includes("planner-child");
  });
