import type { Planner } from "../evidence/planner.js";
import type { ParseSql, ReadFacts, ReadSources } from "../evidence/sources.js";
import type { GitHub } from "../github/call.js";
import type { Archive, ArchiveOptions } from "../sandbox/archive.js";
import type { Store } from "../store/store.js";
import { LEASE_MS } from "./lease.js";
import type { Meter } from "./meter.js";
import type { TreeCache } from "./tree-cache.js";

/** What the worker says of its work; a pino logger is one. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Waits of the worker's, in milliseconds. */
export interface Times {
  /** How old what GitHub's reads answer may be: so long a creation that was lost is waited for. */
  readonly staleMs: number;
  /** Facts older than this are read again right before a write that opens the gate. */
  readonly freshMs: number;
  /** How long the first write of a new head waits for its verdict; 0: not at all. */
  readonly firstWriteMs: number;
  /** How long a worker has a pull request unless it renews that. */
  readonly leaseMs: number;
}

/**
 * How stale GitHub's answers are is not documented: lists lag behind writes by up to a few seconds, and the facts that a
 * verdict rests on may be as old. The first write of a new head is to be there within a second (p99).
 */
export const TIMES: Times = { staleMs: 6_000, freshMs: 5_000, firstWriteMs: 600, leaseMs: LEASE_MS };

/** What a test switches off in order to see that something then goes wrong. All are on otherwise. */
export interface Remedies {
  /** Deliveries and marks of a process that died are taken up (R01). */
  readonly takeOver: boolean;
  /** Doubtful creations are looked up before they are sent again, and swept afterwards (R02). */
  readonly settle: boolean;
  /** A pull request is worked on by one worker at a time (R03). */
  readonly exclusion: boolean;
  /** A worker that lost its lease writes nothing (R04). */
  readonly fence: boolean;
  /** An answer of GitHub's that is older than what events told is not judged (R05). */
  readonly freshness: boolean;
  /** Pull requests that share a head and a base share a check, and the strictest verdict wins (R31). */
  readonly strictest: boolean;
  /** The check is written before anything is read (R24). */
  readonly firstWrite: boolean;
}

/** Everything a reconcile needs of the world. */
export interface Dependencies extends Times {
  readonly store: Store;
  /** A client with the installation's own token and pace. */
  github(installation: number): Promise<GitHub>;
  readonly appId: number;
  /** The API's base address: artifacts may be served from its host. */
  readonly apiUrl: string;
  /** Where the reports' links to the documentation lead. */
  readonly docsUrl: string | undefined;
  readonly parseSql: ParseSql;
  readonly readSources: ReadSources;
  readonly readFacts: ReadFacts;
  /** Null where no database can be started. */
  readonly planner: Planner | null;
  /** Repositories' files by head, so that a head's tarball is asked for once. */
  readonly trees: TreeCache;
  openArchive(zip: readonly Uint8Array[], options: ArchiveOptions): Promise<Archive>;
  /** Bytes that an artifact may unpack to, and a streamed result file with it. */
  readonly resultCap: number;
  /** A unique name of this start of the process: whose leases are whose. */
  readonly instance: string;
  readonly remedies?: Partial<Remedies>;
  now(): Date;
  /** Between 0 and 1. */
  random(): number;
  readonly log: Log;
  /** Absent where nothing is measured. */
  readonly meter?: Meter;
}
