import type { AllowedRepeat } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { CountedSuite, RuntimeCounts } from "../model/counts.js";
import type { Instrumentation, RuntimeRun } from "../model/runtime.js";
import { type Text, text } from "../model/text.js";
import type { BaseRuntime } from "./delivered-runtime.js";
import { withAllowed } from "./runtime-allowed.js";
import { countEntries } from "./runtime-entries.js";
import { freshStatements } from "./runtime-fresh.js";

const namesOf = (instrumentations: readonly Instrumentation[]): string =>
  [...new Set(instrumentations.map(({ name }) => name))].sort().join(" ");

/** The manifests claim the list; what recorded a span is only a part of it. */
function otherInstrumentation({ manifest: head }: RuntimeRun, { manifest: base }: RuntimeRun): boolean {
  return head !== undefined && base !== undefined && namesOf(head.instrumentations) !== namesOf(base.instrumentations);
}

/** A library of another version may write the same statement in other words. */
function otherVersions(head: RuntimeRun, base: RuntimeRun): boolean {
  const versions = new Map(base.instrumentations.map(({ name, version }) => [name, version]));
  return head.instrumentations.some(({ name, version }) => versions.has(name) && versions.get(name) !== version);
}

interface Met {
  readonly run: RuntimeRun | null;
  readonly limits: readonly Text[];
}

/** The base's record of the same suite, if it may be compared. */
function baseOf(head: RuntimeRun, base: BaseRuntime | null): Met {
  if (!base) return { run: null, limits: [text`no record of the merge base or its nearest ancestors is known`] };
  const run = base.runs.find(({ suite, source }) => suite === head.suite && source === head.source);
  if (!run) return { run: null, limits: [text`the base has no record of this suite`] };
  if (otherInstrumentation(head, run))
    return { run: null, limits: [text`other instrumentation than at the base: counts are not compared`] };
  const limits = otherVersions(head, run) ? [text`instrumentation of another version than at the base: new statements are not listed`] : [];
  return { run, limits };
}

function suiteOf(head: RuntimeRun, base: BaseRuntime | null, allow: readonly AllowedRepeat[]): CountedSuite {
  const { run, limits } = baseOf(head, base);
  const entries = countEntries(head, run).map((entry) => withAllowed(entry, allow));
  const sent = new Set(head.statements.map(({ fingerprint }) => fingerprint));
  const named = run !== null && limits.length === 0;
  return {
    suite: head.suite,
    source: head.source,
    completeness: head.completeness,
    base: run && base && { sha: base.sha, distance: base.distance, completeness: run.completeness },
    limits,
    entries,
    fresh: named ? freshStatements(entries, run) : [],
    gone: named ? run.statements.filter(({ fingerprint }) => !sent.has(fingerprint)) : [],
    outside: head.totals.outside,
    files: head.files,
  };
}

const NOTHING = text`no record of what the tests of this head did was handed in`;

/**
 * What the tests of the head did, against what they did at the base: exact figures, or the reason why they are not.
 *
 * @param allow what may be repeated by configuration
 */
export function countRuntime(
  runs: readonly RuntimeRun[],
  base: BaseRuntime | null,
  allow: readonly AllowedRepeat[] = [],
): Collected<RuntimeCounts> {
  if (runs.length === 0) return { status: "absent", reason: NOTHING };
  return { status: "collected", value: { suites: runs.map((run) => suiteOf(run, base, allow)) } };
}
