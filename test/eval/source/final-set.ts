import { table } from "../tables.js";
import { corpora } from "./corpora.js";
import { COUNTED, counts, perChange, share, useOf, type VerdictOf } from "./counts.js";
import type { RecordedFinding, Run } from "./judged.js";

/** The set that the rules as they are were run on. Whoever mends a rule after reading it names another set here. */
const FINAL = "twelfth";
/** What the project set itself: warnings and notices a change at most, the least share that is right to ask, and of how many. */
const GOALS = { aChange: 0.1, right: 0.7, read: 30 };

const ofSet = (run: Run): Run => ({
  ...run,
  figures: run.figures.filter(({ repository }) => useOf(repository) === FINAL),
  findings: run.findings.filter(({ repository }) => useOf(repository) === FINAL),
});

const WHAT = { commits: "commits", tree: "whole tree" };

function rowsOf({ of, figures, findings }: Run, verdictOf: VerdictOf): readonly (readonly string[])[] {
  return figures.map(({ repository, commits }) => {
    const said = findings.filter((found) => found.repository === repository);
    const volume = of === "commits" ? [String(commits), perChange(said.length, commits)] : ["–", "–"];
    return [repository, WHAT[of], ...volume, ...counts(said, verdictOf)];
  });
}

function totalOf(runs: readonly Run[], of: Run["of"], verdictOf: VerdictOf): readonly string[] {
  const some = runs.filter((run) => run.of === of);
  const found = some.flatMap(({ findings }) => findings);
  const commits = some.flatMap(({ figures }) => figures).reduce((sum, row) => sum + row.commits, 0);
  const volume = of === "commits" ? [String(commits), perChange(found.length, commits)] : ["–", "–"];
  return ["**all**", WHAT[of], ...volume, ...counts(found, verdictOf)];
}

const met = (is: boolean): string => (is ? "met" : "**not met**");

function goals(runs: readonly Run[], verdictOf: VerdictOf): string {
  const run = runs.filter(({ of }) => of === "commits");
  const said = run.flatMap(({ findings }) => findings).length;
  const commits = run.flatMap(({ figures }) => figures).reduce((sum, row) => sum + row.commits, 0);
  const read = runs.flatMap(({ findings }) => findings).filter((found) => verdictOf(found) !== null);
  const right = read.filter((found) => verdictOf(found) === "right").length;
  const quiet =
    commits === 0
      ? "How much is said of a change was **not measured** on this set: its commits were not run."
      : `${perChange(said, commits)} warnings and notices a change over ${commits} commits, where at most ${GOALS.aChange} is the goal: ${met(said <= GOALS.aChange * commits)}.`;
  const precise = `${right} of the ${read.length} findings that were read were right (${share(right, read.length)}), where ${100 * GOALS.right} % is the goal: ${met(right >= GOALS.right * read.length)}.`;
  const enough = `At least ${GOALS.read} were to be read: ${met(read.length >= GOALS.read)}.`;
  return `${quiet}\n${precise} ${enough}`;
}

const byPlace = (one: RecordedFinding, other: RecordedFinding): number =>
  one.repository.localeCompare(other.repository) || one.path.localeCompare(other.path) || one.line - other.line;

/** Each finding with what was said of it and why. */
function readings(runs: readonly Run[], verdictOf: VerdictOf, whyOf: (found: RecordedFinding) => string): string {
  const rows = runs.flatMap(({ of, findings }) =>
    [...findings]
      .sort(byPlace)
      .map((found) => [
        WHAT[of],
        found.repository,
        `\`${found.path}:${found.line}\``,
        `\`${found.rule}\``,
        verdictOf(found) ?? "not read",
        whyOf(found),
      ]),
  );
  return table(["of", "repository", "place", "rule", "verdict", "why"], rows);
}

/** The figures of the set that was run last, with the rules as they are. */
export function finalSet(runs: readonly Run[], verdictOf: VerdictOf, whyOf: (found: RecordedFinding) => string): string {
  const own = runs.map(ofSet).filter(({ figures }) => figures.length > 0);
  const names = corpora.filter(({ use }) => use === FINAL).map(({ name }) => name);
  return [
    `The ${FINAL} set (${names.join(", ")}) was named after the last change to a rule,\nand none was changed since: this is what the rules as they are say of code that they never saw.`,
    goals(own, verdictOf),
    table(
      ["repository", "of", "commits", "a change", ...COUNTED],
      [...own.flatMap((run) => rowsOf(run, verdictOf)), ...own.map(({ of }) => totalOf(own, of, verdictOf))],
    ),
    "What was said, and what was thought of it. A finding of a commit may stand in the tree as well.",
    readings(own, verdictOf, whyOf),
  ].join("\n\n");
}
