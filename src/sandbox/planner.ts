import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { NotApplied, Planner, PlannerSession, PlanRequest, SchemaRequest } from "../evidence/planner.js";
import { type Text, text } from "../model/text.js";
import { type Built, SchemaBuilder } from "./planner/build.js";
import { bundlesFor } from "./planner/extensions.js";
import { PlannerProcess, Stopped } from "./planner/process.js";
import { Side } from "./planner/side.js";
import { SnapshotCache } from "./planner/snapshot-cache.js";

export interface PlannerOptions {
  /** Where databases are kept between reviews; a folder of this user below the system's temporary one by default. */
  readonly cacheDir?: string;
  /** Size of that folder, in bytes; 1 GB by default. */
  readonly cacheBytes?: number;
  /** Databases in that folder; 200 by default. */
  readonly cacheEntries?: number;
  /** Wall time for the files of both sides that have to be run, in ms; 30 s by default. */
  readonly jobMs?: number;
  /** Wall time of one statement, run or planned, in ms; 5 s by default. */
  readonly statementMs?: number;
  /** Resident memory of one process, in MB; 1,200 by default. */
  readonly rssMb?: number;
  /** Processes of one request that may be killed before the rest is given up; 3 by default. */
  readonly kills?: number;
}

const defaults = { cacheBytes: 1e9, cacheEntries: 200, jobMs: 30_000, statementMs: 5000, rssMb: 1200, kills: 3 };

const defaultFolder = (): string => join(tmpdir(), `redline-planner-${Math.max(0, userInfo().uid)}`);

type Limits = Omit<Required<PlannerOptions>, "cacheDir">;

const distinct = (all: readonly NotApplied[]): readonly NotApplied[] => [
  ...new Map(all.map((one) => [JSON.stringify([one.path, one.message]), one])).values(),
];

/** Both sides of a change, each with a process of its own from the first question about it. */
class Session implements PlannerSession {
  readonly version: string;
  readonly base: PlannerSession["base"];
  readonly head: PlannerSession["head"];
  readonly notApplied: PlannerSession["notApplied"];
  readonly observed: PlannerSession["observed"];
  private readonly sides: Readonly<Record<PlanRequest["side"], Side>>;
  private last: Promise<unknown> = Promise.resolve();

  constructor(base: Built, head: Built, sides: Readonly<Record<PlanRequest["side"], Side>>) {
    this.version = head.version || base.version;
    this.base = base.catalogue;
    this.head = head.catalogue;
    this.notApplied = distinct([...base.notApplied, ...head.notApplied]);
    this.observed = head.observed;
    this.sides = sides;
  }

  explain(request: PlanRequest): ReturnType<PlannerSession["explain"]> {
    const answers = this.last.then(() => this.sides[request.side].explain(request));
    this.last = answers.catch(() => {});
    return answers;
  }

  async close(): Promise<void> {
    this.sides.base.end();
    this.sides.head.end();
    await this.last;
  }
}

async function open(request: SchemaRequest, cache: SnapshotCache, limits: Limits): Promise<Session | { readonly refused: Text }> {
  const process = new PlannerProcess(limits.rssMb);
  const extensions = bundlesFor([...request.base, ...request.head].map(({ sql }) => sql));
  const builder = new SchemaBuilder(process, cache, extensions, limits);
  try {
    const base = await builder.build({ files: request.base, observed: new Set() });
    const head = await builder.build({ files: request.head, observed: new Set(request.observed) });
    const headSide = new Side(process, head.snapshot, extensions, builder.at === head.key, limits);
    const baseSide =
      base.key === head.key ? headSide : new Side(new PlannerProcess(limits.rssMb), base.snapshot, extensions, false, limits);
    return new Session(base, head, { base: baseSide, head: headSide });
  } catch (error) {
    process.end();
    if (error instanceof Stopped) return { refused: text`the schema could not be built: ${error.reason}` };
    throw error;
  }
}

/**
 * Builds schemas in PostgreSQL compiled to WebAssembly, each in a process that is killed when it takes too long or grows
 * too large, that reads no file but this program, and that has no network. Nothing here throws for hostile input.
 */
export function createPlanner(options: PlannerOptions = {}): Planner {
  const limits = { ...defaults, ...options };
  const cache = new SnapshotCache(options.cacheDir ?? defaultFolder(), { bytes: limits.cacheBytes, entries: limits.cacheEntries });
  return { open: (request) => open(request, cache, limits) };
}
