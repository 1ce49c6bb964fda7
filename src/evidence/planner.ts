import type { Catalogue, Observation, RelationName } from "../model/catalogue.js";
import type { Text } from "../model/text.js";
import type { Statistics } from "../sql/statistics-file.js";

/** One file of a schema, in the order in which its tool applies them. */
export interface SchemaFile {
  readonly path: string;
  /** The git blob, or any hash of the contents: the key of the snapshot cache. */
  readonly sha: string;
  readonly sql: string;
}

/** The schema on both sides of a change. Files that both begin with are applied once and kept. */
export interface SchemaRequest {
  readonly base: readonly SchemaFile[];
  readonly head: readonly SchemaFile[];
  /** Paths of head files whose statements are run one by one and observed: those that the change adds or alters. */
  readonly observed: readonly string[];
}

export interface NotApplied {
  readonly path: string;
  readonly message: string;
}

/** One statement that ran: its place in the file in UTF-16 offsets, and what it did; null when it could not be observed. */
export interface ObservedStatement {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly observation: Observation | null;
}

/** One statement to plan; `id` is the asker's own. Parameters are `$1`. */
export interface PlanQuestion {
  readonly id: number;
  readonly sql: string;
}

/** A candidate that PostgreSQL refuses to build, in its own words. */
export interface NotBuilt {
  /** The CREATE INDEX of the request. */
  readonly candidate: string;
  readonly message: string;
}

/** PostgreSQL's own JSON of the plan, or why there is none. */
export type PlanAnswer = { readonly id: number } & (
  | { readonly plan: unknown; readonly notBuilt?: readonly NotBuilt[] }
  | { readonly failed: Text }
);

export interface PlanRequest {
  readonly side: "base" | "head";
  readonly statistics: Statistics;
  /** CREATE INDEX statements (named `redline_candidate_<n>`) that stand beside the schema's own for this request. */
  readonly candidates: readonly string[];
  /** Indexes that each plan of this request is made without: dropped before it, and there again after it. */
  readonly without?: readonly RelationName[];
  readonly questions: readonly PlanQuestion[];
}

/** What a session cost so far: it grows while the session is asked. */
export interface PlannerWork {
  /** Schema files that had to be run: the others stood in a cache. */
  readonly filesRun: number;
  /** Processes that were killed or died. What they were doing may end well on another day. */
  readonly kills: number;
}

/** A schema that stands in a killable process of its own. Nothing here throws for hostile input. */
export interface PlannerSession {
  readonly version: string;
  readonly base: Catalogue;
  readonly head: Catalogue;
  readonly notApplied: readonly NotApplied[];
  readonly observed: readonly ObservedStatement[];
  readonly work?: PlannerWork;
  /** Set where the time for the files was up: whether the same request will get further later. */
  readonly later?: boolean;
  /** Plans in the order of the questions; all fail with one reason when the process had to be killed. */
  explain(request: PlanRequest): Promise<readonly PlanAnswer[]>;
  close(): Promise<void>;
}

export interface Refused {
  readonly refused: Text;
  /** It was the moment, not the schema: the same request may well be answered later. */
  readonly later?: boolean;
}

/** Builds schemas. */
export interface Planner {
  open(request: SchemaRequest): Promise<PlannerSession | Refused>;
}
