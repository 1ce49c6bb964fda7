import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { glob } from "tinyglobby";
import type { Results } from "../model/evidence.js";
import type { ResultSettings } from "./result-file.js";
import { readFiles } from "./results.js";

/** What tells one writing of a file from the next, by path relative to the work tree. */
export type Written = ReadonlyMap<string, string>;

/** The files of these globs below a folder. Links out of the folder are not followed. */
export async function written(folder: string, patterns: readonly string[]): Promise<Written> {
  const files = await glob([...patterns], { cwd: folder, dot: true, expandDirectories: false, followSymbolicLinks: false });
  const stamps = new Map<string, string>();
  for (const file of files.sort()) {
    const { mtimeNs, ctimeNs, size, ino } = await stat(join(folder, file), { bigint: true });
    stamps.set(file, [mtimeNs, ctimeNs, size, ino].join(" "));
  }
  return stamps;
}

/**
 * Removes what an earlier run wrote, so that no run can hand in another one's result.
 * @param own files that came with the commit or its setup: they are no results, and stay
 */
export async function clearStale(folder: string, patterns: readonly string[], own: Written): Promise<Written> {
  const found = await written(folder, patterns);
  for (const file of found.keys()) if (!own.has(file)) await rm(join(folder, file));
  return new Map([...found].filter(([file]) => own.has(file)));
}

/** Reads the files that were written since. */
export async function readFresh(folder: string, patterns: readonly string[], before: Written, settings: ResultSettings): Promise<Results> {
  const now = await written(folder, patterns);
  const fresh = [...now].flatMap(([file, stamp]) => (before.get(file) === stamp ? [] : [file]));
  return readFiles(fresh, folder, settings);
}
