import { table } from "../tables.js";
import { corpora } from "./corpora.js";
import { COUNTED, counts, perChange, useOf, type VerdictOf } from "./counts.js";
import { finalSet } from "./final-set.js";
import type { Run, readRuns } from "./judged.js";

function volume(runs: readonly Run[]): string {
  const head = ["run", "repository", "commits", "files read", "not read", "added lines", "warnings and notices", "a change"];
  return table(
    [...head, "changes with one", "questions", "a change"],
    runs.flatMap(({ name, figures, findings }) =>
      figures.map((row) => {
        const said = findings.filter(({ repository }) => repository === row.repository).length;
        return [
          name,
          row.repository,
          ...[row.commits, row.files, row.skipped, row.lines, said].map((figure) => figure.toLocaleString("en-US")),
          perChange(said, row.commits),
          String(row.changes),
          String(row.questions),
          perChange(row.questions, row.commits),
        ];
      }),
    ),
  );
}

const USES = [...new Set(corpora.map(({ use }) => use))];

function precision(runs: readonly Run[], verdictOf: VerdictOf): string {
  const rows = runs.flatMap(({ name, of, figures, findings }) =>
    USES.flatMap((use) => {
      const some = findings.filter(({ repository }) => useOf(repository) === use);
      const ran = figures.some(({ repository }) => useOf(repository) === use);
      return ran ? [[name, of === "tree" ? "whole trees" : "commits", use, ...counts(some, verdictOf)]] : [];
    }),
  );
  return table(["run", "of", "histories", ...COUNTED], rows);
}

/** The first runs over sets that no gate was tuned on before them. */
const UNSEEN = /^(?:1-first|2-second|3-third|5-unseen|6-fifth|7-sixth|8-seventh|9-eighth|10-ninth|11-tenth|12-eleventh|13-twelfth)$/;

/** Rules that warned in earlier runs, and ask since. */
const ASKING: ReadonlySet<string> = new Set([
  "queries/db-write-in-loop",
  "resources/rows-not-closed",
  "resources/handle-not-closed",
  "algorithms/http-call-in-loop",
  "resources/unbounded-read",
]);

function loudNow(runs: readonly Run[], verdictOf: VerdictOf): string {
  const left = runs.map(({ name, of, findings }) => ({ name, of, findings: findings.filter(({ rule }) => !ASKING.has(rule)) }));
  const rows = left.map(({ name, of, findings }) => [name, of === "tree" ? "whole trees" : "commits", ...counts(findings, verdictOf)]);
  const all = left.flatMap(({ findings }) => findings);
  return table(["run", "of", ...COUNTED], [...rows, ["all", "both", ...counts(all, verdictOf)]]);
}

function byRule(runs: readonly Run[], verdictOf: VerdictOf): string {
  const all = runs.flatMap(({ findings }) => findings);
  const rules = [...new Set(all.map(({ rule }) => rule))].sort();
  return table(
    ["rule", ...COUNTED],
    rules.map((rule) => [
      `\`${rule}\``,
      ...counts(
        all.filter((found) => found.rule === rule),
        verdictOf,
      ),
    ]),
  );
}

/** What was recorded of each history; commits that were named and never run say so. */
function histories(runs: readonly Run[]): string {
  const recorded = (of: Run["of"], repository: string): number =>
    Math.max(
      0,
      ...runs
        .filter((run) => run.of === of)
        .flatMap(({ figures }) => figures.map((row) => (row.repository === repository ? row.commits : 0))),
    );
  return table(
    ["repository", "mostly", "newest commit", "commits named", "commits run", "tree run", "set"],
    corpora.map(({ name, main, until, commits, use }) => [
      name,
      main,
      `\`${until}\``,
      String(commits),
      String(recorded("commits", name) || "**not run**"),
      recorded("tree", name) ? "yes" : "**not run**",
      use,
    ]),
  );
}

const INTRODUCTION = `What the rules over source code say of real histories: each commit along first parents against the one before it, as a
review would see it, with the default configuration. Made by \`npm run eval:source -- --page\` from the runs that are kept in
\`test/eval/source/data\`; \`--corpus owner/name=GIT-DIRECTORY\` makes a run anew.

Each set of three histories was chosen and written down before it was run, and none of them is one that the rules were designed
on, as far as that is recorded. Gates were mended after the findings of each set were read, those of the twelfth excepted.

Every warning and notice was read by one reader with some twenty lines around it, and more where those did not tell. **Right**: a reviewer would be right to ask.
**Benign**: what it says is so, and harmless there. **Wrong**: it is not so. It was merged code, so what reviewers had refused
is not in it, and a question that nobody asked there may still have been right.`;

const RUNS = `\`1-first\` is the run before any gate was mended; \`2-second\`, \`3-third\`, \`5-unseen\`, \`6-fifth\`, \`7-sixth\`, \`8-seventh\`,
\`9-eighth\`, \`10-ninth\`, \`11-tenth\`, \`12-eleventh\` and \`13-twelfth\` are the first runs over the set of that number, with the gates of their time: **they are the figures for code that no gate knew, and
what to expect of other code**. \`4-final\` is the rules as they were after the third set, so that its figures are after tuning.
Whole trees take every file of the newest commit as if it were new, because commits alone give too few findings to read.

Gates were mended after each set but the twelfth. After the sixth, \`queries/db-write-in-loop\` became a question: of 27 findings in
the fourth, fifth and sixth set 9 were right. After the eighth, so did \`algorithms/http-call-in-loop\` (0 of 4) and, of
\`queries/db-call-in-loop\`, what writes one record and reads none (34 of 85). Of the 350 findings in whole trees that were judged
right in the first eight sets, the rules then warned of 256 and asked about 84; 10 had been lost before. After the tenth, writes
of one record in Go followed (25 of 43), and after the eleventh \`resources/unbounded-read\` (12 of 22). Of the fifth, sixth and seventh set only the trees were run, not the commits.`;

const LOUD = `Of the same first runs, what rules say that warn still. The rules that became questions did so after it was seen that they were
seldom right in them, so that the last column of the sets before the twelfth flatters.`;

const LIMITS = `What is not seen is not in these tables: a query in a function that the loop calls, lazy relations, serializers and
templates. Of real N+1 fixes a static rule finds about one in twenty; what the tests sent outranks it.`;

/** The section of docs/judgement.md about source rules. */
export function sourceSection({ runs, verdictOf, whyOf }: ReturnType<typeof readRuns>): string {
  const unseen = runs.filter(({ name }) => UNSEEN.test(name));
  return [
    INTRODUCTION,
    histories(runs),
    "### Never seen, with the final rules",
    finalSet(runs, verdictOf, whyOf),
    "### How much is said",
    volume(runs.filter(({ of }) => of === "commits")),
    "### How often it is right",
    RUNS,
    precision(runs, verdictOf),
    LOUD,
    loudNow(
      unseen.filter(({ name }) => Number.parseInt(name, 10) >= 5),
      verdictOf,
    ),
    "### By rule, in the first runs",
    byRule(unseen, verdictOf),
    LIMITS,
  ].join("\n\n");
}
