import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { prepare } from "../../../src/sql/prepare.js";
import type { SqlFile } from "./corpus.js";

/** One finding of squawk's; lines are 1-based here. */
export interface SquawkFinding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
}

const shape = z.array(z.object({ file: z.string(), line: z.number(), rule_name: z.string() }));

/** The binary itself: npm's wrapper is a Node process on top of it. */
function program(): string {
  const require = createRequire(createRequire(import.meta.url).resolve("squawk-cli/package.json"));
  return require.resolve(`@squawk-cli/${process.platform}-${process.arch}/bin/squawk`);
}

/** squawk reads plain SQL: what no parser reads is filled in for it as it is for ours. */
const readable = (sql: string): string => prepare(sql, "postgresql").filled;

/** The files on disk for squawk, under names that sort and do not collide. */
export class SquawkFolder {
  private readonly folder = mkdtempSync(join(tmpdir(), "redline-squawk-"));
  private readonly names: readonly string[];
  private readonly paths: ReadonlyMap<string, string>;

  constructor(files: readonly SqlFile[]) {
    this.names = files.map((file, index) => {
      const name = join(this.folder, `${String(index).padStart(5, "0")}.sql`);
      writeFileSync(name, readable(file.sql));
      return name;
    });
    this.paths = new Map(this.names.map((name, index) => [name, files[index]?.path ?? name]));
  }

  run(...options: readonly string[]): readonly SquawkFinding[] {
    const { stdout, error } = spawnSync(program(), ["--reporter", "json", "--pg-version", "18", ...options, ...this.names], {
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    if (error) throw error;
    return shape
      .parse(JSON.parse(stdout))
      .map(({ file, line, rule_name: rule }) => ({ path: this.paths.get(file) ?? file, line: line + 1, rule }));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
