import { readdirSync, readFileSync } from "node:fs";
import type { Planner, PlannerSession } from "../../../src/evidence/planner.js";
import { plain } from "../../../src/model/text.js";
import type { Corpus } from "./corpus.js";

/** What came of running a repository's migrations. */
export interface Applied {
  readonly corpus: Corpus;
  readonly session: PlannerSession;
  readonly seconds: number;
  /** Largest resident set of the planner's process, in MB; NaN where nobody tells. */
  readonly maxRssMb: number;
}

const POLL_MS = 50;

/** proc(5): the children of this process, and the most memory that each ever had. */
function childrenRss(): number {
  let most = Number.NaN;
  try {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      if (/^PPid:\s+(\d+)$/m.exec(status)?.[1] !== String(process.pid)) continue;
      const kilobytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN);
      if (!(most >= kilobytes / 1024)) most = kilobytes / 1024;
    }
  } catch {
    // A process that ended while it was looked at.
  }
  return most;
}

/** Runs all migrations on an empty database, observing nothing. Null when the planner refused, with what it said in `refused`. */
export async function applied(corpus: Corpus, planner: Planner): Promise<Applied | { readonly refused: string }> {
  const files = corpus.migrations.map(({ path, sha, sql }) => ({ path, sha, sql }));
  let maxRssMb = Number.NaN;
  const poll = setInterval(() => {
    const now = childrenRss();
    if (!(maxRssMb >= now)) maxRssMb = now;
  }, POLL_MS);
  const began = performance.now();
  try {
    const session = await planner.open({ base: files, head: files, observed: [] });
    if ("refused" in session) return { refused: plain(session.refused) };
    return { corpus, session, seconds: (performance.now() - began) / 1000, maxRssMb };
  } finally {
    clearInterval(poll);
  }
}

/** One line of the table of {@link appliedHead}. */
export function appliedRow({ corpus, session, seconds, maxRssMb }: Applied): readonly string[] {
  const { relations } = session.head;
  const failed = new Set(session.notApplied.map(({ path }) => path)).size;
  const files = corpus.migrations.length;
  return [
    corpus.name,
    `${files - failed} of ${files}`,
    `${((100 * (files - failed)) / files).toFixed(1)} %`,
    seconds.toFixed(1),
    ((1000 * seconds) / files).toFixed(0),
    String(relations.filter(({ kind }) => kind === "table" || kind === "partitioned").length),
    String(relations.flatMap(({ indexes }) => indexes).length),
    maxRssMb.toFixed(0),
  ];
}

export const appliedHead = ["repository", "files applied", "", "s, cold", "ms a file", "tables", "indexes", "peak RSS, MB"] as const;
