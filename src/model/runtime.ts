import type { Text } from "./text.js";

/** What kind of record the counts come from: it decides what may be said of them. */
export type RuntimeSource = "traces" | "statement-statistics" | "plan-log" | "query-log";

/**
 * One statement, whatever values it was sent with. Equal fingerprints are one statement, in every file and at both
 * commits. No value of a literal or parameter is kept.
 */
export interface RuntimeStatement {
  /** 16 hexadecimal digits of the normalised text, or of system and span name where the text is incomplete. */
  readonly fingerprint: string;
  /** The normalised text, each value a `?`, to be shown; at most {@link LONGEST_STATEMENT} characters. Foreign. */
  readonly normalized: string;
  /** As it was sent, with `$n` for each value: to be planned. Absent where the text is incomplete. Foreign. */
  readonly sql?: string;
  /** As the record names the database: `postgresql`, `mysql`, `sqlite`. Foreign. */
  readonly system: string;
  /** Its first word in capitals: `SELECT`; the main one behind `WITH`. Empty where the text is incomplete. */
  readonly verb: string;
  /** Names behind FROM, JOIN, INTO and UPDATE as they are written, each once, sorted. */
  readonly tables: readonly string[];
  /** Why the text cannot be trusted, which its fingerprint therefore does not use: it was cut, or is absent. */
  readonly incomplete?: Text;
}

/** Where in the code a statement came from, as the span or a comment in its text says. Foreign. */
export interface CodeLocation {
  readonly path?: string;
  readonly line?: number;
  readonly function?: string;
}

/** How often one entry sent one statement in one run. */
export interface StatementCount {
  readonly fingerprint: string;
  readonly count: number;
  /** Those of `count` that ended in an error. */
  readonly failed: number;
  /** Rows of all of them together, where every one of them said so. */
  readonly rows?: number;
  /** The name of the nearest span above all of them: where the loop is. Only for two or more below one. Foreign. */
  readonly under?: string;
  /** Where the first of them came from. */
  readonly code?: CodeLocation;
}

/** Requests to one target that an entry made itself. */
export interface ClientCall {
  /** Method and host, with the route where the client knows one, never the raw URL: `GET api.example.com`. Foreign. */
  readonly target: string;
  readonly count: number;
}

/** One run of an entry: a test that ran once, one request of an endpoint. */
export interface EntryRun {
  /** What was counted, by first use. Noise is not among it. */
  readonly statements: readonly StatementCount[];
  /** Transaction control, settings, catalogue reads and health checks: they move between entries, and are never compared. */
  readonly noise: number;
  /** Calls of databases that do not speak SQL, by system (`redis`). */
  readonly otherSystems: readonly { readonly system: string; readonly count: number }[];
  readonly calls: readonly ClientCall[];
  /** All spans of the entry, its own among them; 0 where the source has none. */
  readonly spans: number;
  /** Connections asked of a pool, or opened, where the driver's spans show it. */
  readonly connections: number;
  /** The attribute `redline.scale`: how much data this run had. */
  readonly scale?: number;
  /** Only what is below a span with `redline.measure` was counted. */
  readonly measured?: true;
}

/**
 * `test`: a test case; `endpoint`: a server's or consumer's span; `root`: any other first span; `outside`: below none of
 * them, reported and never compared; `suite`: totals of everything; `session`: one connection to the database.
 */
export type EntryKind = "test" | "endpoint" | "root" | "outside" | "suite" | "session";

/** What counts are kept for, and compared by. */
export interface RuntimeEntry {
  readonly kind: EntryKind;
  /** `test list orders`, `GET /orders/:id`; with the root's name in front where another span began the trace. Foreign. */
  readonly key: string;
  /** Of an endpoint, `GET /orders/:id` alone: what a budget names. Foreign. */
  readonly endpoint?: string;
  /** The test that this endpoint was asked from. Its statements stand in that test's entry too: totals count them once. Foreign. */
  readonly within?: string;
  /** `service.name`, where the record has it. Foreign. */
  readonly service?: string;
  /** In the order of the record. A retried or parametrised test has several. */
  readonly runs: readonly EntryRun[];
}

/** Sums over a whole record. */
export interface RuntimeTotals {
  readonly statements: number;
  readonly noise: number;
  readonly failed: number;
  /** Those of `statements` and of `noise` that belong to no entry. */
  readonly outside: number;
  /** Distinct spans. */
  readonly spans: number;
  /** Spans whose parent is in no file, though it was not another process's. */
  readonly orphans: number;
  /** Spans that were sent twice: counted once. */
  readonly duplicates: number;
}

/** Why a record is no proof that something did not happen. */
export interface Doubt {
  /** Stable, kebab-case. */
  readonly code:
    | "orphans"
    | "outside"
    | "no-manifest"
    | "span-count"
    | "file-missing"
    | "file-differs"
    | "file-unlisted"
    | "other-head"
    | "sampled"
    | "dropped"
    | "evicted"
    | "unreadable"
    | "cycles"
    | "too-many"
    | "source";
  readonly message: Text;
}

/** A library that recorded spans: the scope of OpenTelemetry. Foreign. */
export interface Instrumentation {
  readonly name: string;
  readonly version?: string;
}

/** What one file of runtime evidence holds. Plain data, so that it can be stored. */
export interface RuntimeRecord {
  readonly source: RuntimeSource;
  /** SHA-256 of the file's content, unpacked, in lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly instrumentations: readonly Instrumentation[];
  readonly services: readonly string[];
  /** Each statement that an entry counts, once. */
  readonly statements: readonly RuntimeStatement[];
  readonly entries: readonly RuntimeEntry[];
  readonly totals: RuntimeTotals;
  /** What the file itself gives to doubt. */
  readonly doubts: readonly Doubt[];
}

/** The completeness manifest, `redline-runtime.json`, which lies beside the files it lists. Everything in it is claimed, not proven. */
export interface RuntimeManifest {
  readonly schemaVersion: 1;
  readonly repository: string;
  readonly headSha: string;
  readonly baseSha?: string;
  readonly suite: string;
  /** As the SDK names it: `always_on`, `parentbased_always_on`, `traceidratio`. */
  readonly sampler: string;
  /** Counted by a span processor when spans ended, before anything could be lost. */
  readonly spansEnded?: number;
  readonly instrumentations: readonly Instrumentation[];
  readonly engine?: { readonly system: string; readonly version?: string };
  /** Statements that pg_stat_statements evicted: `pg_stat_statements_info.dealloc`. */
  readonly dealloc?: number;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** What a file contributes: `ParsedRun.runtime`. */
export type RuntimePart = RuntimeRecord | { readonly manifest: RuntimeManifest };

/** `partial` counts show what happened; they never show that something did not happen, and pass no budget. */
export type Completeness = { readonly status: "complete" } | { readonly status: "partial"; readonly reasons: readonly Doubt[] };

/** The files of one suite together, with what their manifest says: what is judged, and compared by `suite` and `source`. */
export interface RuntimeRun extends Omit<RuntimeRecord, "sha256" | "doubts"> {
  /** The manifest's, else the folder's name that the files lie in. Foreign. */
  readonly suite: string;
  readonly completeness: Completeness;
  readonly manifest?: RuntimeManifest;
  /** Of the pull request's files, for messages. Foreign. */
  readonly files: readonly string[];
}

/** In characters; beyond it the text is cut, and the statement is one by system and span name. */
export const LONGEST_STATEMENT = 65_536;
