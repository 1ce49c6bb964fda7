import type { Double, JournalEntry, WrongMoment } from "../github-double/client.mjs";
import type { Fault } from "./compare.js";
import type { RunOptions } from "./options.js";
import { type Armed, type Point, points } from "./points.js";

/** What one run came to. */
export interface Result {
  readonly options: RunOptions;
  readonly deliveries: number;
  readonly dropped: number;
  readonly duplicated: number;
  readonly kills: number;
  readonly landed: Readonly<Record<Point | "at random", number>>;
  readonly calls: number;
  readonly loadCalls: number;
  /** Calls under load on which a fault was applied; stale reads are not counted. */
  readonly faulty: number;
  readonly stale: number;
  readonly pulls: number;
  readonly faults: readonly Fault[];
  readonly wrong: readonly WrongMoment[];
  /** Comments created beside one that stood already, and check runs beside one of the same name on the same commit. */
  readonly transientComments: number;
  readonly transientChecks: number;
  readonly violations: readonly JournalEntry[];
  readonly crashes: readonly JournalEntry[];
  readonly seconds: number;
  readonly restSeconds: number;
}

export const count = ({ faults }: Result, kind: Fault["kind"]): number =>
  new Set(faults.filter((fault) => fault.kind === kind).map(({ repository, number }) => `${repository}#${number}`)).size;

export const wronglyOpen = ({ wrong }: Result, late: boolean): number => wrong.filter(({ fault }) => (fault === "late") === late).length;

const applied = ({ status, faults = [] }: JournalEntry): boolean =>
  faults.some((fault) => fault.startsWith("applied") || fault === "drip") || (status !== null && status < 300);

/** Counts creations of the same thing: the second one of a name on a commit, or of a comment on a pull request, is one too many. */
function repeated(journal: readonly JournalEntry[], operation: string, keyOf: (entry: JournalEntry) => string): number {
  const made = journal.filter((entry) => entry.operation === operation && applied(entry)).map(keyOf);
  return made.length - new Set(made).size;
}

const nameAndHead = ({ path, body }: JournalEntry): string => {
  const { name, head_sha: head } = Object(body);
  return `${path} ${name} ${head}`;
};

/** Reads off GitHub what happened; `until` is the last call under load. */
export async function observed(github: Double, armed: Armed, until: number) {
  const journal = await github.journal();
  const deliveries = await github.deliveries({ payloads: false });
  const underLoad = journal.filter(({ n }) => n <= until);
  const struck = underLoad.filter(({ faults = [] }) => faults.some((fault) => fault !== "stale-read"));
  const landed = Object.fromEntries([...points, "at random" as const].map((point) => [point, armed.landed.get(point) ?? 0]));
  return {
    deliveries: deliveries.length,
    dropped: deliveries.filter(({ status }) => status === "never sent").length,
    duplicated: new Set(deliveries.filter(({ faults = [] }) => faults.includes("duplicate")).map(({ guid }) => guid)).size,
    kills: armed.kills,
    landed: landed as Record<Point | "at random", number>,
    calls: journal.length,
    loadCalls: underLoad.length,
    faulty: struck.length,
    stale: journal.filter(({ faults = [] }) => faults.includes("stale-read")).length,
    wrong: await github.wrongMoments(),
    transientComments: repeated(journal, "issues/create-comment", ({ path }) => path),
    transientChecks: repeated(journal, "checks/create", nameAndHead),
    violations: await github.violations(),
    crashes: await github.crashes(),
  };
}
