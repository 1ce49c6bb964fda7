import type { BenchCommits } from "../../checkout/bench-commits.js";
import type { BenchBundle } from "../../formats/bench-bundle.js";
import { type Text, text } from "../../model/text.js";
import { version } from "../version.js";
import { thisMachine } from "./machine.js";
import type { BenchOptions } from "./options.js";

/** The bundle before anything was measured. */
export function emptyBundle(options: BenchOptions, commits: BenchCommits): BenchBundle {
  return {
    format: "redline-bench",
    version: 1,
    tool: `redline ${version()}`,
    state: "running",
    reason: null,
    started: new Date().toISOString(),
    finished: null,
    base: { sha: commits.base, revision: options.base },
    head: { sha: commits.head, revision: options.head },
    command: [...options.command],
    setup: options.setup ?? null,
    rounds: options.rounds,
    maxRounds: options.maxRounds,
    environment: thisMachine(),
    runs: [],
    series: [],
  };
}

const short = (sha: string): string => sha.slice(0, 7);

/** What a person should know before the first round. */
export function announcements({ base, head, forked, uncommitted }: BenchCommits, options: BenchOptions): readonly Text[] {
  const merge = forked ? text`the merge base of ${options.base} and ${options.head}` : text`${options.base}`;
  const same = text`base and head are one commit, ${short(head)}: whatever is found is the noise of this machine`;
  const apart = text`base ${short(base)} (${merge}), head ${short(head)} (${options.head})`;
  const files = uncommitted === 1 ? text`1 uncommitted change` : text`${uncommitted} uncommitted changes`;
  return [
    base === head ? same : apart,
    ...(uncommitted === 0 ? [] : [text`${files} in ${options.repository} will not be measured: only commits are`]),
  ];
}
