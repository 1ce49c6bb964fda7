import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keysOf } from "../../../src/sandbox/planner/keys.js";

/** A cache that holds nothing but the empty database, which takes seconds to make and is the same for all tests. */
export interface FreshCache {
  readonly folder: string;
  remove(): void;
}

const SHARED = join(tmpdir(), "redline-test-planner");
const EMPTY = `${keysOf([], new Set())[0]}.snapshot`;

export function freshCache(): FreshCache {
  const folder = mkdtempSync(join(tmpdir(), "redline-planner-test-"));
  if (existsSync(join(SHARED, EMPTY))) copyFileSync(join(SHARED, EMPTY), join(folder, EMPTY));
  const remove = (): void => {
    mkdirSync(SHARED, { recursive: true, mode: 0o700 });
    if (existsSync(join(folder, EMPTY))) copyFileSync(join(folder, EMPTY), join(SHARED, EMPTY));
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, remove };
}
