import type { NotBuilt } from "../../evidence/planner.js";
import type { Statistics } from "../../sql/statistics-file.js";
import { ASSUMED_COLUMNS, FORGET_COLUMNS, RELATIONS, TOLD_COLUMNS } from "./column-statistics.js";
import { type Engine, type MemoryFile, QueryError } from "./engine.js";
import { statementsOf } from "./file.js";
import { kindOf } from "./permitted.js";
import { type Size, STORED, type Stored, sizesOf } from "./sizes.js";

const PAGE = 8192;
/** Pages of one file; what is larger goes on in `path.1`, `path.2`, … */
const SEGMENT = 131_072;

/** PostgreSQL's own defaults: what a migration made of its session, or of its role, plans nothing here. */
const DEFAULTS = `
SELECT count(set_config(name, boot_val, false)) FROM pg_settings
WHERE (category LIKE 'Query Tuning%' OR name IN ('work_mem', 'hash_mem_multiplier')) AND context IN ('user', 'superuser') AND name <> 'jit'`;

const CANDIDATES = `
SELECT format('DROP INDEX %I.%I', n.nspname, c.relname) AS drop FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('i', 'I') AND NOT c.relispartition AND c.relname LIKE 'redline\\_candidate\\_%'`;

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

/**
 * Makes empty tables look like production's. The planner asks the file system how long a table's file is; in memory
 * that length is a number of its own, which is set here without the bytes. Nothing may read such a table.
 */
export class Production {
  private readonly engine: Engine;
  private readonly real = new Map<MemoryFile, number>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Sizes and statistics of everything, with these indexes besides. Answers which of them could not be built, and why. */
  async dress(statistics: Statistics, candidates: readonly string[]): Promise<readonly NotBuilt[]> {
    await this.undress();
    const notBuilt: NotBuilt[] = [];
    for (const candidate of candidates) {
      const message = await this.build(candidate);
      if (message !== null) notBuilt.push({ candidate, message });
    }
    const sizes = await this.grow(statistics);
    await this.engine.query(RELATIONS, [JSON.stringify(sizes)]);
    await this.columns(statistics);
    await this.settings(statistics);
    return notBuilt;
  }

  private async stored(): Promise<readonly Stored[]> {
    return (await this.engine.query(STORED)).map((row) => ({
      oid: Number(row.oid),
      schema: String(row.schema),
      name: String(row.name),
      kind: String(row.kind),
      path: text(row.path),
      table: number(row.table),
      root: Number(row.root),
    }));
  }

  /** Back to the real lengths: an index is built by reading its table. */
  private async undress(): Promise<void> {
    if (this.real.size === 0) return;
    for (const [file, bytes] of this.real) file.usedBytes = bytes;
    this.real.clear();
    // Whoever has a large table open begins at its last segment; new figures in the catalogue make it be opened anew.
    const sizes = (await this.stored()).map(({ schema, name }) => ({ schema, name, rows: -1, pages: 0, visible: 0 }));
    await this.engine.query(RELATIONS, [JSON.stringify(sizes)]);
    for (const { drop } of await this.engine.query(CANDIDATES)) await this.engine.run(String(drop));
    await this.engine.query(FORGET_COLUMNS);
  }

  /** PostgreSQL's refusal, or null. */
  private async build(sql: string): Promise<string | null> {
    const [statement, more] = statementsOf(sql);
    if (!statement || more || kindOf(statement.tree) !== "IndexStmt") return "it is not one CREATE INDEX";
    try {
      await this.engine.run(statement.sql);
      return null;
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return error.message;
    }
  }

  private async grow(statistics: Statistics): Promise<readonly Size[]> {
    const stored = await this.stored();
    const paths = new Map(stored.map(({ oid, path }) => [oid, path]));
    const sizes = sizesOf(stored, statistics);
    for (const { oid, pages } of sizes) {
      const path = paths.get(oid);
      if (path) this.stretch(path, pages);
    }
    return sizes;
  }

  private stretch(path: string, pages: number): void {
    for (let segment = 0; segment * SEGMENT < pages; segment += 1) {
      const file = this.engine.file(segment === 0 ? path : `${path}.${segment}`);
      const bytes = Math.min(SEGMENT, pages - segment * SEGMENT) * PAGE;
      this.real.set(file, file.usedBytes);
      file.usedBytes = Math.max(file.usedBytes, bytes);
    }
  }

  private async columns({ columns }: Statistics): Promise<void> {
    try {
      await this.engine.query(TOLD_COLUMNS, [JSON.stringify(columns)]);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      for (const column of columns) await this.engine.query(TOLD_COLUMNS, [JSON.stringify([column])]).catch(unlessRefused);
    }
    await this.engine.query(ASSUMED_COLUMNS);
  }

  private async settings({ settings }: Statistics): Promise<void> {
    await this.engine.query(DEFAULTS);
    for (const [name, value] of Object.entries(settings)) {
      await this.engine.query("SELECT set_config($1, $2, false)", [name, value]).catch(unlessRefused);
    }
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof QueryError)) throw error;
}
