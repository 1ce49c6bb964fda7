import type { CodeLocation, Completeness, EntryKind, RuntimeSource, RuntimeStatement } from "./runtime.js";
import type { Text } from "./text.js";

/** A figure at the head and at the base; null where the base has none to compare. */
export interface BothSides {
  readonly head: number;
  readonly base: number | null;
}

/** How often an entry sent one statement: of several runs the most. */
export interface CountedStatement extends BothSides {
  readonly statement: RuntimeStatement;
  /** Rows that came back in one run, where the record says so. */
  readonly rows?: BothSides;
  /** The name of the nearest span above all of them, and where the first came from; of the head. Foreign. */
  readonly under?: string;
  readonly code?: CodeLocation;
  /** The reason for which the configuration allows that it is repeated. Foreign. */
  readonly allowed?: string;
}

/** Requests to one host and route. */
export interface CountedCall extends BothSides {
  /** Foreign. */
  readonly target: string;
}

/** `new` and `missing`: only one side has the entry. `not-compared` says why in `reason`. */
export type EntryDecision = "more" | "fewer" | "same" | "new" | "missing" | "not-compared";

/** One entry that ran with two sizes of data: what grows with them is sent for each row. */
export interface Slope {
  /** `redline.scale` of the smallest and the largest run. */
  readonly scales: readonly [number, number];
  /** Statements sent at each. */
  readonly counts: readonly [number, number];
  /** The statements that grew, the most first. */
  readonly growing: readonly { readonly statement: RuntimeStatement; readonly counts: readonly [number, number] }[];
  /** The same statements grew as much at the base; null where that is not known. */
  readonly wasThere: boolean | null;
}

/** What one test or request did, against what it did at the base. */
export interface CountedEntry {
  readonly kind: EntryKind;
  /** Unique together with kind and service. Foreign. */
  readonly key: string;
  /** What a budget names: of an endpoint the request alone. Foreign. */
  readonly name: string;
  readonly service?: string;
  readonly decision: EntryDecision;
  readonly reason?: Text;
  /** Statements of each run, fewest first; empty where the side does not have the entry. */
  readonly runs: { readonly head: readonly number[]; readonly base: readonly number[] };
  /** Statements of the run that grew most, or shrank least; of a new entry its largest run. */
  readonly queries: BothSides;
  /** No run sends other statements than at the base, or more or fewer of one. */
  readonly alike: boolean;
  readonly statements: readonly CountedStatement[];
  /** Requests to one target that an entry made itself: of several runs the most. Foreign names. */
  readonly calls: readonly CountedCall[];
  readonly spans: BothSides;
  readonly connections: BothSides;
  readonly noise: BothSides;
  readonly slope?: Slope;
  /** Only what is below a marker span was counted: nothing of a test's own preparation. */
  readonly measured: boolean;
}

/** A statement that the base did not send: to be planned. */
export interface FreshStatement {
  readonly statement: RuntimeStatement;
  /** What the same entry sent in its place at the base, where one statement took the place of one. */
  readonly before?: RuntimeStatement;
  /** The entry that sends it most. Foreign. */
  readonly entry: string;
  readonly kind: EntryKind;
  /** How often in one run of that entry, and how many other entries send it. */
  readonly times: number;
  readonly others: number;
  readonly code?: CodeLocation;
}

/** One suite's record of the head against the base's. */
export interface CountedSuite {
  /** Foreign. */
  readonly suite: string;
  readonly source: RuntimeSource;
  readonly completeness: Completeness;
  readonly base: { readonly sha: string; readonly distance: number; readonly completeness: Completeness } | null;
  /** Why there is no base, or why its statements' texts are not compared. */
  readonly limits: readonly Text[];
  readonly entries: readonly CountedEntry[];
  readonly fresh: readonly FreshStatement[];
  /** Statements that the head no longer sends. */
  readonly gone: readonly RuntimeStatement[];
  /** Statements below no test or request: reported, never compared. */
  readonly outside: number;
  readonly files: readonly string[];
}

/** What the tests of the head did, suite by suite. */
export interface RuntimeCounts {
  readonly suites: readonly CountedSuite[];
}

/** From so many on the same statement in one entry is called repeated; as Sentry and Scout have it. */
export const REPEATED = 5;

/** Kinds of entries that are one unit of work: what repeats in them repeats for one caller. */
export const isUnit = ({ kind }: { readonly kind: EntryKind }): boolean => kind === "test" || kind === "endpoint" || kind === "root";

/** Something of the record is known to be lost; the lack of a manifest alone says nothing of the kind. */
export const isLossy = (completeness: Completeness): boolean =>
  completeness.status === "partial" && completeness.reasons.some(({ code }) => code !== "no-manifest");
