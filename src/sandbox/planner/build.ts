import { z } from "zod";
import type { NotApplied, ObservedStatement, SchemaFile } from "../../evidence/planner.js";
import type { Catalogue } from "../../model/catalogue.js";
import { plain, text } from "../../model/text.js";
import { catalogueAnswer, catalogueShape, fileAnswer, observationShape, snapshotAnswer, stepAnswer } from "./answers.js";
import { keysOf } from "./keys.js";
import { type PlannerProcess, Stopped } from "./process.js";
import type { SnapshotCache } from "./snapshot-cache.js";

/** A database after all files of one side. */
export interface Built {
  readonly key: string;
  readonly snapshot: Uint8Array;
  readonly catalogue: Catalogue;
  readonly version: string;
  readonly notApplied: readonly NotApplied[];
  readonly observed: readonly ObservedStatement[];
}

export interface BuildLimits {
  /** Wall time for all files of both sides, in ms. */
  readonly jobMs: number;
  /** Wall time of one statement that is observed, in ms. A file that runs as a whole has twice that. */
  readonly statementMs: number;
  readonly kills: number;
}

/** One side to build. */
export interface SideFiles {
  readonly files: readonly SchemaFile[];
  readonly observed: ReadonlySet<string>;
}

const FILE_CHARACTERS = 8_000_000;
const CATALOGUE_MS = 20_000;

const metaShape = z.object({
  catalogue: catalogueShape,
  version: z.string(),
  notApplied: z.array(z.object({ path: z.string(), message: z.string() })),
  observed: z.array(z.object({ path: z.string(), start: z.number(), end: z.number(), observation: observationShape.nullable() })),
});

/** Steps that killed the process, with the reason: they are left out when it is built again. */
class Deadly {
  private readonly reasons = new Map<string, string>();

  get size(): number {
    return this.reasons.size;
  }

  add(path: string, step: number, reason: string): void {
    this.reasons.set(JSON.stringify([path, step]), reason);
  }

  reason(path: string, step: number): string | undefined {
    return this.reasons.get(JSON.stringify([path, step]));
  }
}

interface Beginning {
  /** How many files its snapshot holds. */
  readonly files: number;
  readonly key: string;
  readonly snapshot: Uint8Array;
  readonly notApplied: readonly NotApplied[];
}

/** Builds both sides in one process, each from the longest beginning that is known. */
export class SchemaBuilder {
  private readonly process: PlannerProcess;
  private readonly cache: SnapshotCache;
  private readonly extensions: readonly string[];
  private readonly limits: BuildLimits;
  private readonly known = new Map<string, Built>();
  private until = 0;
  private kills = 0;
  /** The key of what the process holds; null when nobody knows. */
  at: string | null = null;

  constructor(process: PlannerProcess, cache: SnapshotCache, extensions: readonly string[], limits: BuildLimits) {
    this.process = process;
    this.cache = cache;
    this.extensions = extensions;
    this.limits = limits;
  }

  /** @throws Stopped when it takes too long, or kills the process too often */
  async build(side: SideFiles): Promise<Built> {
    const keys = keysOf(side.files, side.observed);
    const last = keys.at(-1) ?? "";
    const stored = this.known.get(last) ?? (await this.stored(last));
    if (stored) return this.remember(stored);
    const begin = await this.beginning(keys);
    // Only what the files themselves do is on the clock.
    if (this.until === 0) this.until = performance.now() + this.limits.jobMs;
    const built = await this.runUntilItLives(side, keys, begin);
    return this.remember(built);
  }

  private remember(built: Built): Built {
    this.known.set(built.key, built);
    return built;
  }

  private async stored(key: string): Promise<Built | null> {
    const entry = await this.cache.get(key);
    if (!entry) return null;
    const meta = metaShape.safeParse(JSON.parse(entry.meta));
    return meta.success ? { key, snapshot: entry.snapshot, ...meta.data } : null;
  }

  /** The longest beginning that there is a snapshot of, at last the empty database. */
  private async beginning(keys: readonly string[]): Promise<Beginning> {
    const cached = await this.cache.keys();
    for (let files = keys.length - 2; files >= 0; files -= 1) {
      const key = keys[files] ?? "";
      const built = this.known.get(key) ?? (cached.has(key) ? await this.stored(key) : null);
      if (built) return { files, key, snapshot: this.remember(built).snapshot, notApplied: built.notApplied };
    }
    return { files: 0, key: keys[0] ?? "", snapshot: await this.empty(keys[0] ?? ""), notApplied: [] };
  }

  private async empty(key: string): Promise<Uint8Array> {
    await this.process.start(null, []);
    this.at = null;
    const { snapshot } = await this.process.ask({ ask: "snapshot" }, snapshotAnswer, CATALOGUE_MS);
    const nothing = { catalogue: { relations: [] }, version: "", notApplied: [], observed: [] };
    await this.cache.set(key, { meta: JSON.stringify(nothing), snapshot });
    this.remember({ key, snapshot, ...nothing });
    return snapshot;
  }

  private async runUntilItLives(side: SideFiles, keys: readonly string[], begin: Beginning): Promise<Built> {
    const deadly = new Deadly();
    for (;;) {
      const before = deadly.size;
      try {
        return await this.run(side, keys, begin, deadly);
      } catch (error) {
        this.at = null;
        this.kills += 1;
        if (!(error instanceof Stopped) || deadly.size === before || this.kills > this.limits.kills) throw error;
      }
    }
  }

  private async run(side: SideFiles, keys: readonly string[], begin: Beginning, deadly: Deadly): Promise<Built> {
    if (this.at !== begin.key) await this.process.start(begin.snapshot, this.extensions);
    this.at = null;
    const notApplied: NotApplied[] = [...begin.notApplied];
    const observed: ObservedStatement[] = [];
    for (const [index, file] of side.files.entries()) {
      if (index < begin.files) continue;
      if (performance.now() > this.until) await this.giveUp(keys[index] ?? "", { notApplied, observed }, deadly.size === 0);
      const run = await new FileRun(this.process, file, this.limits, deadly, this.until).run(side.observed.has(file.path));
      notApplied.push(...run.notApplied);
      observed.push(...run.observed);
    }
    return this.finish(keys.at(-1) ?? "", { notApplied, observed }, deadly.size === 0);
  }

  /** The next review goes on where the time was up. @throws Stopped */
  private async giveUp(key: string, ran: Pick<Built, "notApplied" | "observed">, repeatable: boolean): Promise<void> {
    await this.finish(key, ran, repeatable);
    throw new Stopped(text`its files took longer than ${this.limits.jobMs / 1000} s to run`);
  }

  private async finish(key: string, ran: Pick<Built, "notApplied" | "observed">, repeatable: boolean): Promise<Built> {
    const { catalogue, version } = await this.process.ask({ ask: "catalogue" }, catalogueAnswer, CATALOGUE_MS);
    const { snapshot } = await this.process.ask({ ask: "snapshot" }, snapshotAnswer, CATALOGUE_MS);
    const meta = { catalogue: catalogueShape.parse({ relations: JSON.parse(catalogue) }), version, ...ran };
    this.at = key;
    // What was killed may run in time on another day.
    if (repeatable) await this.cache.set(key, { meta: JSON.stringify(meta), snapshot });
    return { key, snapshot, ...meta };
  }
}

const lineAt = (sql: string, offset: number): number => sql.slice(0, offset).split("\n").length;

/** One file in the process. */
class FileRun {
  private readonly process: PlannerProcess;
  private readonly file: SchemaFile;
  private readonly limits: BuildLimits;
  private readonly deadly: Deadly;
  private readonly until: number;
  readonly notApplied: NotApplied[] = [];
  readonly observed: ObservedStatement[] = [];

  constructor(process: PlannerProcess, file: SchemaFile, limits: BuildLimits, deadly: Deadly, until: number) {
    this.process = process;
    this.file = file;
    this.limits = limits;
    this.deadly = deadly;
    this.until = until;
  }

  async run(observe: boolean): Promise<FileRun> {
    const { sql } = this.file;
    if (sql.length > FILE_CHARACTERS) return this.skip(`it is larger than ${FILE_CHARACTERS / 1e6} MB`);
    const { steps } = await this.process.ask({ ask: "file", sql, observe }, fileAnswer, this.left(this.limits.statementMs));
    if (steps === null) await this.step(0, null);
    else for (const [index, place] of steps.entries()) await this.step(index, place);
    return this;
  }

  private async step(index: number, place: { readonly start: number; readonly end: number } | null): Promise<void> {
    const where = place === null ? "" : `line ${lineAt(this.file.sql, place.start)}: `;
    const deadly = this.deadly.reason(this.file.path, index);
    if (deadly !== undefined) {
      this.skip(where + deadly);
      return;
    }
    const { observation = null, failed } = await this.ask(index, place === null ? 2 * this.limits.statementMs : this.limits.statementMs);
    if (failed !== undefined) this.skip(where + failed);
    if (place !== null) this.observed.push({ path: this.file.path, ...place, observation });
  }

  private async ask(index: number, ms: number): Promise<z.infer<typeof stepAnswer>> {
    try {
      return await this.process.ask({ ask: "step", index }, stepAnswer, this.left(ms));
    } catch (error) {
      if (error instanceof Stopped && performance.now() < this.until) this.deadly.add(this.file.path, index, plain(error.reason));
      throw error;
    }
  }

  /** @throws Stopped when the time for all files was used up */
  private left(ms: number): number {
    const left = this.until - performance.now();
    if (left <= 0) throw new Stopped(text`its files took longer than ${this.limits.jobMs / 1000} s to run`);
    return Math.min(left, ms);
  }

  private skip(message: string): this {
    this.notApplied.push({ path: this.file.path, message });
    return this;
  }
}
