import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { SchemaFile } from "../../evidence/planner.js";
import { packageFolder } from "./packages.js";

/** To be raised when a snapshot means something else: another way of applying files, another catalogue query. */
const FORMAT = 4;

const pglite = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageFolder("@electric-sql/pglite"), "package.json"), "utf8"))).version;

const hashed = (...parts: readonly string[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/**
 * The keys after 0, 1, 2, … files, so that what begins alike has its beginning in common. A file whose statements ran
 * one by one may have left something else behind than one that ran as a whole. What runs counts, not the blob it is of.
 */
export function keysOf(files: readonly SchemaFile[], observed: ReadonlySet<string>): readonly string[] {
  const keys = [hashed(String(FORMAT), pglite)];
  for (const { path, sql } of files) keys.push(hashed(keys.at(-1) ?? "", path, sql, observed.has(path) ? "observed" : "whole"));
  return keys;
}
