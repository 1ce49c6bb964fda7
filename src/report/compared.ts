import { editedNote } from "../evidence/trust.js";
import { isUnit } from "../model/counts.js";
import type { RunSource } from "../model/evidence.js";
import { join, moment, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { commit, count, shortSha, workflowRun } from "./phrases.js";
import { machineNote, pairedWith, shiftNote, tally } from "./tally.js";

/** More runs than that are counted, and named in the list of evidence. */
const NAMED = 5;

const commits = ({ head, mergeBase, base }: Review["snapshot"]): Text =>
  base.sha === mergeBase.sha
    ? text`Head ${commit(head)} compared with its merge base ${commit(mergeBase)}, the tip of ${base.ref}.`
    : text`Head ${commit(head)} compared with its merge base ${commit(mergeBase)}; ${base.ref} is at ${commit(base)}.`;

const runsOf = ({ evidence }: Review): readonly RunSource[] => {
  const runs = evidence.flatMap(({ kind, run }) => (kind === "results" && run ? [run] : []));
  return [...new Map(runs.map((run) => [`${run.id}/${run.attempt}`, run])).values()];
};

const measured = (review: Review): Text => {
  const files = review.evidence.filter((source) => source.kind === "results").length;
  if (files === 0) return text`Measured: nothing, no result file of this head was found.`;
  const runs = runsOf(review);
  if (runs.length === 0) return text`Measured: ${count(files, "result file")} of this head.`;
  const others = runs.length > NAMED ? text` and ${runs.length - NAMED} more` : [];
  const named = join(runs.slice(0, NAMED).map(workflowRun), ", ");
  return text`Measured: ${count(files, "result file")} from ${count(runs.length, "workflow run")} of this head (${named}${others}).`;
};

/** What was measured in turn with its base needs no stored one. */
const baseline = ({ baseline: found, comparability }: Review): readonly Text[] => {
  if (found === undefined)
    return comparability.paired.length > 0 ? [] : [text`Baseline: none, no results of the merge base or its ancestors are known.`];
  if (found.distance === 0) return [text`Baseline: the results of the merge base ${commit(found)}.`];
  return [text`Baseline: the results of ${commit(found)}, ${count(found.distance, "commit")} before the merge base.`];
};

const counted = ({ runtime }: Review): readonly Text[] =>
  (runtime?.suites ?? []).map(({ suite, base, limits, entries }) => {
    const here = entries.filter((entry) => isUnit(entry) && entry.runs.head.length > 0).length;
    const who =
      here === 0
        ? text`the tests of ${suite} together`
        : text`${here} ${here === 1 ? ["request or test"] : ["requests and tests"]} of ${suite}`;
    const what = text`Counted: what ${who} sent`;
    if (!base) return text`${what}; ${limits[0] ?? ["there is nothing to compare it with"]}.`;
    const far = base.distance === 0 ? text`the merge base` : text`${count(base.distance, "commit")} before the merge base`;
    return text`${what}, compared with ${shortSha(base.sha)} (${far}).`;
  });

/** A repository that only counts what its tests send has no benchmark to speak of. */
const onlyCounts = ({ runtime, evidence, baseline: found }: Review): boolean =>
  runtime !== undefined && found === undefined && evidence.every(({ kind }) => kind !== "results");

/** What was compared: the commits, the runs at the head, the baselines and their distance, and what came of it. */
export function compared(review: Review): readonly Text[] {
  return [
    commits(review.snapshot),
    ...(onlyCounts(review) ? [] : [measured(review)]),
    ...review.comparability.paired.map(pairedWith),
    ...(onlyCounts(review) ? [] : baseline(review)),
    ...counted(review),
    ...tally(review.comparisons),
  ];
}

/** The configuration that was applied. */
export const configuration = ({ configuration: { state, path }, snapshot }: Review): Text => {
  if (state === "none") return text`Configuration: no ${path} at ${snapshot.base.ref}, so the defaults apply and nothing is blocked.`;
  const where = text`Configuration: ${path} at the tip of ${snapshot.base.ref}`;
  return state === "invalid" ? text`${where}, which is not valid.` : text`${where}.`;
};

/** What a reader must know to judge the judgement. */
export function notes(review: Review): readonly Text[] {
  const { awaiting } = review.verdict;
  const { incomplete, fork } = review.snapshot;
  const isMeasured = review.evidence.some(({ kind }) => kind === "results");
  return [
    ...(awaiting
      ? [
          text`⏳ Waiting for CI evidence ${awaiting.since === undefined ? [] : text`since ${moment(awaiting.since)}, `}until ${moment(awaiting.until)}: ${awaiting.what}.`,
        ]
      : []),
    ...(incomplete === undefined ? [] : [text`⚠️ Not every changed file could be looked at: ${incomplete}.`]),
    ...(fork && isMeasured
      ? [text`⚠️ The head lies in a fork: what was measured there was measured by the workflow that its author wrote.`]
      : []),
    ...(review.editedHere ? [text`⚠️ ${editedNote(review.editedHere) ?? []}`] : []),
    ...(review.configuration.changedHere
      ? [text`⚠️ This pull request changes ${review.configuration.path}. The change applies after the merge.`]
      : []),
    ...machineNote(review),
    ...shiftNote(review.comparability.shift),
  ];
}
