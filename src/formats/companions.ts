import type { ResultFormat } from "../model/measurement.js";
import type { ReadResult } from "./read.js";
import { formats } from "./registry.js";

/** A file that a format took for its own, by path and format id. */
export interface Claim {
  readonly path: string;
  readonly format: string;
}

/** Whose file it is: none, or one claim. */
export function claimOf(path: string, result: ReadResult): readonly Claim[] {
  if ("run" in result) return [{ path, format: result.run.format }];
  return "unrecognized" in result && result.format !== undefined ? [{ path, format: result.format }] : [];
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** Tells whether a file only belongs to a result file beside it, so that nothing has to be said of it by itself. */
export function companions(claimed: readonly Claim[], known: readonly ResultFormat[] = formats): (path: string) => boolean {
  const names = new Map(known.map(({ id, companions: beside = [] }) => [id, beside]));
  const belonging = new Set(claimed.flatMap(({ path, format }) => (names.get(format) ?? []).map((name) => folderOf(path) + name)));
  return (path) => belonging.has(path);
}
