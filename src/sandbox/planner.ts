import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { NotApplied, Planner, PlannerSession, PlannerWork, PlanRequest, Refused, SchemaRequest } from "../evidence/planner.js";
import { text } from "../model/text.js";
import { type Built, SchemaBuilder } from "./planner/build.js";
import { bundlesFor } from "./planner/extensions.js";
import { Stopped } from "./planner/process.js";
import { Processes } from "./planner/processes.js";
import { Side } from "./planner/side.js";
import { SnapshotCache } from "./planner/snapshot-cache.js";

export interface PlannerOptions {
  /** Where databases are kept between reviews; a folder of this user below the system's temporary one by default. */
  readonly cacheDir?: string;
  /** Size of that folder, in bytes; 1 GB by default. */
  readonly cacheBytes?: number;
  /** Databases in that folder; 200 by default. */
  readonly cacheEntries?: number;
  /** Wall time for the files of both sides that have to be run, in ms; 90 s by default, paid once for a repository. */
  readonly jobMs?: number;
  /** What ran is kept at least so often while files are run, in ms; 15 s by default. */
  readonly checkpointMs?: number;
  /** Wall time of one statement, run or planned, in ms; 5 s by default. */
  readonly statementMs?: number;
  /** Resident memory of one process, in MB; 1,200 by default. */
  readonly rssMb?: number;
  /** Kills of one side, or of one request for plans, after which the rest is given up; 3 by default. */
  readonly kills?: number;
  /** The clock of `jobMs` and `checkpointMs`, in ms from any point; this process's own by default. */
  readonly now?: () => number;
  /** How long a statement may take that has so much time left, in ms; all of it by default. In tests, less for what never ends. */
  readonly patience?: (sql: string, leftMs: number) => number;
  /** Is told of each process that had to be killed, or died, and why, in words that hold nothing of the SQL. */
  readonly onStopped?: (why: string) => void;
}

const defaults = {
  cacheBytes: 1e9,
  cacheEntries: 200,
  jobMs: 90_000,
  checkpointMs: 15_000,
  statementMs: 5000,
  rssMb: 1200,
  kills: 3,
  now: (): number => performance.now(),
  patience: (_: string, leftMs: number): number => leftMs,
  onStopped: (): void => {},
};

const defaultFolder = (): string => join(tmpdir(), `redline-planner-${Math.max(0, userInfo().uid)}`);

type Limits = Omit<Required<PlannerOptions>, "cacheDir">;
type Sides = Readonly<Record<PlanRequest["side"], Side>>;

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
  readonly work: PlannerWork;
  readonly later?: boolean;
  private readonly sides: Sides;
  private readonly processes: Processes;
  private last: Promise<unknown> = Promise.resolve();

  constructor(base: Built, head: Built, sides: Sides, processes: Processes, later?: boolean) {
    this.version = head.version || base.version;
    this.base = base.catalogue;
    this.head = head.catalogue;
    this.notApplied = distinct([...base.notApplied, ...head.notApplied]);
    this.observed = head.observed;
    this.sides = sides;
    this.processes = processes;
    this.work = processes.work;
    if (later !== undefined) this.later = later;
  }

  explain(request: PlanRequest): ReturnType<PlannerSession["explain"]> {
    const answers = this.last.then(() => this.sides[request.side].explain(request));
    this.last = answers.catch(() => {});
    return answers;
  }

  async close(): Promise<void> {
    this.processes.close();
    await this.last;
  }
}

async function open(request: SchemaRequest, cache: SnapshotCache, limits: Limits, processes: Processes): Promise<Session | Refused> {
  const process = processes.create();
  const extensions = bundlesFor([...request.base, ...request.head].map(({ sql }) => sql));
  // It loads its program while the cache is read.
  process.warm();
  const builder = new SchemaBuilder(process, cache, extensions, limits);
  try {
    const base = await builder.build({ files: request.base, observed: new Set(), mayBeCut: false });
    const head = await builder.build({ files: request.head, observed: new Set(request.observed), mayBeCut: true });
    processes.work.filesRun = builder.filesRun;
    const headSide = new Side(process, head.snapshot, extensions, builder.at === head.key, limits);
    const baseSide = base.key === head.key ? headSide : new Side(processes.create(), base.snapshot, extensions, false, limits);
    return new Session(base, head, { base: baseSide, head: headSide }, processes, builder.cut ? builder.progressed : undefined);
  } catch (error) {
    processes.close();
    if (error instanceof Stopped) return { refused: text`the schema could not be built: ${error.reason}`, later: builder.progressed };
    throw error;
  }
}

/**
 * Builds schemas in PostgreSQL compiled to WebAssembly, each in a process that is killed when it takes too long or grows
 * too large, that reads no file but this program, and that has no network. Nothing here throws for hostile input.
 * `close` kills all processes; what still asks is refused.
 */
export function createPlanner(options: PlannerOptions = {}): Planner & { close(): void } {
  const limits = { ...defaults, ...options };
  const cache = new SnapshotCache(options.cacheDir ?? defaultFolder(), { bytes: limits.cacheBytes, entries: limits.cacheEntries });
  const living = new Set<Processes>();
  let isClosed = false;
  return {
    open: (request) => {
      const processes = new Processes(limits, (ended) => living.delete(ended));
      living.add(processes);
      if (isClosed) processes.close();
      return open(request, cache, limits, processes);
    },
    close: () => {
      isClosed = true;
      for (const processes of [...living]) processes.close();
    },
  };
}
