import { z } from "zod";
import type { NotApplied, ObservedStatement, SchemaFile } from "../../evidence/planner.js";
import type { Catalogue } from "../../model/catalogue.js";
import { catalogueAnswer, catalogueShape, observationShape, snapshotAnswer } from "./answers.js";
import { Deadly, type FileLimits, FileRun, outOfTime, overtime } from "./file-run.js";
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

export interface BuildLimits extends FileLimits {
  readonly kills: number;
  /** What ran is kept at least so often, in ms: whatever ends the work, the next try goes on from there. */
  readonly checkpointMs: number;
}

/** One side to build. */
export interface SideFiles {
  readonly files: readonly SchemaFile[];
  readonly observed: ReadonlySet<string>;
  /** Whether what comes after too many kills, or after the time was up, may be left out; else nothing is built. */
  readonly mayBeCut: boolean;
}

const CATALOGUE_MS = 20_000;
/** On a busy machine a statement may be killed that was in time before. */
const SECOND_CHANCES = 3;

const metaShape = z.object({
  catalogue: catalogueShape,
  version: z.string(),
  notApplied: z.array(z.object({ path: z.string(), message: z.string() })),
  observed: z.array(z.object({ path: z.string(), start: z.number(), end: z.number(), observation: observationShape.nullable() })),
});

interface Beginning extends Built {
  /** How many files its snapshot holds. */
  readonly files: number;
}

/** The way to one side's database, and how far it was gone. */
interface Job {
  readonly side: SideFiles;
  /** After 0, 1, 2, … files. */
  readonly keys: readonly string[];
  readonly deadly: Deadly;
  begin: Beginning;
}

/** Builds both sides in one process, each from the longest beginning that is known. */
export class SchemaBuilder {
  private readonly process: PlannerProcess;
  private readonly cache: SnapshotCache;
  private readonly extensions: readonly string[];
  private readonly limits: BuildLimits;
  private readonly known = new Map<string, Built>();
  private until = 0;
  private keptAt = 0;
  /** When the last try began. */
  private triedAt = 0;
  /** Files that were run; the others stood in the cache. */
  filesRun = 0;
  /** Whether the cache holds more than before, so that another try begins further on. */
  progressed = false;
  /** Whether files were left out because the time was up. */
  cut = false;
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
    const job = { side, keys, deadly: new Deadly(), begin: await this.beginning(keys) };
    // Only what the files themselves do is on the clock.
    if (this.until === 0) this.until = this.limits.now() + this.limits.jobMs;
    const built = await this.runUntilItLives(job);
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
      if (built) return { ...this.remember(built), files };
    }
    return { ...(await this.empty(keys[0] ?? "")), files: 0 };
  }

  private async empty(key: string): Promise<Built> {
    await this.process.start(null, []);
    this.at = null;
    const { snapshot } = await this.process.ask({ ask: "snapshot" }, snapshotAnswer, CATALOGUE_MS);
    const nothing = { catalogue: { relations: [], readers: [] }, version: "", notApplied: [], observed: [] };
    await this.cache.set(key, { meta: JSON.stringify(nothing), snapshot });
    return this.remember({ key, snapshot, ...nothing });
  }

  private async runUntilItLives(job: Job): Promise<Built> {
    for (let kills = 1; ; kills += 1) {
      const before = job.deadly.size;
      try {
        return await this.run(job);
      } catch (error) {
        this.at = null;
        if (!(error instanceof Stopped) || job.deadly.size === before || !this.goesOn(job, kills)) throw error;
      }
    }
  }

  /** What ran before it killed too often, or before the time was up, is built once more, and nothing after it. */
  private goesOn({ side, deadly }: Job, kills: number): boolean {
    const wasOver = this.limits.now() >= this.until;
    if (wasOver) return side.mayBeCut && this.extend();
    if (kills <= this.limits.kills) return true;
    deadly.giveUp();
    return side.mayBeCut && kills <= this.limits.kills + SECOND_CHANCES;
  }

  /** Once, what ran in time and was not kept is given its time again. */
  private extend(): boolean {
    const [now, isFirst] = [this.limits.now(), !this.cut];
    this.until = now + 2 * Math.min(now - this.triedAt, this.limits.checkpointMs) + this.limits.statementMs;
    this.cut = true;
    return isFirst;
  }

  private async run(job: Job): Promise<Built> {
    const { side, keys, deadly, begin } = job;
    if (this.at !== begin.key) await this.process.start(begin.snapshot, this.extensions);
    this.at = null;
    this.triedAt = this.limits.now();
    this.keptAt = this.triedAt;
    const [notApplied, observed] = [[...begin.notApplied], [...begin.observed]];
    let rest: string | null = null;
    for (const [index, file] of side.files.entries()) {
      if (index < begin.files) continue;
      if (rest !== null) {
        notApplied.push({ path: file.path, message: rest });
        continue;
      }
      if (await this.pause(job, index, { notApplied: [...notApplied], observed: [...observed] })) {
        rest = this.overdue(side);
        notApplied.push({ path: file.path, message: rest });
        continue;
      }
      const run = await new FileRun(this.process, file, this.limits, deadly, this.until).run(side.observed.has(file.path));
      this.filesRun += 1;
      notApplied.push(...run.notApplied);
      observed.push(...run.observed);
      rest = deadly.givenUp(file.path);
    }
    return this.finish(keys.at(-1) ?? "", { notApplied, observed }, deadly.size === 0 && rest === null);
  }

  /** @throws Stopped where nothing may be left out */
  private overdue({ mayBeCut }: SideFiles): string {
    if (!mayBeCut) outOfTime(this.limits.jobMs);
    this.cut = true;
    return overtime(this.limits.jobMs);
  }

  /** Keeps what ran so far when it is time to, which is not on the clock. True when the time is up. */
  private async pause(job: Job, files: number, ran: Pick<Built, "notApplied" | "observed">): Promise<boolean> {
    const now = this.limits.now();
    const isOver = now > this.until;
    // What was killed may run in time on another day.
    const isSound = job.deadly.size === 0 && files > job.begin.files;
    if (isSound && (isOver || now >= this.keptAt + this.limits.checkpointMs)) {
      job.begin = { ...(await this.finish(job.keys[files] ?? "", ran, true)), files };
      this.at = null;
      this.keptAt = this.limits.now();
      this.until += this.keptAt - now;
    }
    return isOver;
  }

  private async finish(key: string, ran: Pick<Built, "notApplied" | "observed">, repeatable: boolean): Promise<Built> {
    const { catalogue, version } = await this.process.ask({ ask: "catalogue" }, catalogueAnswer, CATALOGUE_MS);
    const { snapshot } = await this.process.ask({ ask: "snapshot" }, snapshotAnswer, CATALOGUE_MS);
    const meta = { catalogue: catalogueShape.parse(JSON.parse(catalogue)), version, ...ran };
    this.at = key;
    if (repeatable) {
      await this.cache.set(key, { meta: JSON.stringify(meta), snapshot });
      this.progressed = true;
    }
    return { key, snapshot, ...meta };
  }
}
