import type { Planned } from "../model/plan.js";
import type { Finding } from "../model/rule.js";
import { join, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { sentText } from "../sql/counted-phrases.js";
import { severityMarks, worstFindings } from "./finding-sections.js";
import { plainly } from "./plain.js";
import { planBlock } from "./plan-tree.js";
import { harmless, wrapped } from "./terminal-layout.js";

const INDENT = "  ";

const where = ({ path, line }: { readonly path: string; readonly line: number }): string => `${path}:${line}`;

const placeOf = (statement: Planned["statement"]): string => (statement.sent ? plainly(sentText(statement.sent)) : where(statement));

/** A plan keeps its own lines: its indentation says what is below what. */
const planLines = (planned: Planned): readonly string[] =>
  planned.state === "planned" ? planBlock(planned).map((line) => `${INDENT}${plainly(line)}`.trimEnd()) : [];

function paragraph(sentence: Text, width: number): readonly string[] {
  return wrapped(plainly(sentence), width, INDENT, `${INDENT}  `);
}

const findingText = ({ severity, rule, message, suppressed }: Finding): Text => {
  const ignored = suppressed === undefined ? [] : text` Suppressed in the source, with the reason ${suppressed}.`;
  return text`${[severityMarks[severity]]} ${message} (${rule})${ignored}`;
};

const findingLines = (finding: Finding, width: number): readonly string[] => [
  ...paragraph(findingText(finding), width),
  ...(finding.help.length === 0 ? [] : wrapped(plainly(finding.help), width, `${INDENT}  `, `${INDENT}  `)),
];

const isAt = ({ at }: Finding, { path, line, endLine }: Planned["statement"]): boolean =>
  at?.path === path && at.line >= line && at.line <= endLine;

function doubtLines(planned: Planned, width: number): readonly string[] {
  if (planned.state !== "planned") return paragraph(text`no plan: ${planned.why}`, width);
  return planned.doubts.length === 0 ? [] : paragraph(text`What this plan cannot tell: ${join(planned.doubts, "; ")}.`, width);
}

const because = ({ because: cause }: Planned): string => (cause ? ` (unchanged; ${plainly(cause)})` : "");

function statementLines(planned: Planned, findings: readonly Finding[], width: number): readonly string[] {
  const own = findings.filter((finding) => isAt(finding, planned.statement));
  return [
    `${placeOf(planned.statement)}${because(planned)}`,
    ...planLines(planned),
    ...doubtLines(planned, width),
    ...own.flatMap((finding) => findingLines(finding, width)),
    "",
  ];
}

function otherFindings(findings: readonly Finding[], width: number): readonly string[] {
  return findings.flatMap((finding) => [finding.at ? where(finding.at) : finding.rule, ...findingLines(finding, width), ""]);
}

/** What stands beside its statement already: that it did not parse. */
const isSaid = ({ code, file, line }: Review["problems"][number], all: readonly Planned[]): boolean =>
  code === "sql-not-parsed" &&
  all.some(({ statement }) => statement.state !== "parsed" && statement.path === file && statement.line === line);

const problemLines = (problems: Review["problems"], width: number): readonly string[] =>
  problems.flatMap(({ file, line, message, remedy }) => {
    const place = file === undefined ? [] : text`${file}${line === undefined ? [] : text` line ${line}`}: `;
    return paragraph(text`${place}${message}${remedy ? text`; ${remedy}` : []}`, width);
  });

/** The checklist knows why nothing was planned. */
function unplanned({ checklist }: Review, width: number): readonly string[] {
  const outcome = checklist.find(({ item }) => item === "queries/explained")?.outcome;
  return outcome && "reason" in outcome && outcome.reason
    ? wrapped(plainly(text`No plan was made: ${outcome.reason}.`), width, "", "")
    : [];
}

function closing(review: Review, width: number): readonly string[] {
  const { plans } = review;
  if (!plans) return unplanned(review, width);
  const { planner, statistics, notes } = plans;
  const rest = notes.length === 0 ? [] : text` ${join(notes, "; ")}.`;
  return wrapped(
    plainly(text`Estimates of ${[planner]}'s planner in its own units, not measurements. Statistics: ${statistics}.${rest}`),
    width,
    "",
    "",
  );
}

/**
 * What `redline explain` prints: each statement with its plan, the index that would help and what the rules say of it;
 * then what is said of other statements, and what could not be looked at.
 *
 * @param width columns of the terminal
 */
export function renderExplained(review: Review, width = 100): string {
  const all = review.plans ? [...review.plans.changed, ...review.plans.dependents] : [];
  const findings = worstFindings(review.findings).filter(({ severity }) => severity !== "question");
  const others = findings.filter((finding) => !all.some(({ statement }) => isAt(finding, statement)));
  const lines = [
    ...all.flatMap((planned) => statementLines(planned, findings, width)),
    ...otherFindings(others, width),
    ...problemLines(
      review.problems.filter((problem) => !isSaid(problem, all)),
      width,
    ),
    ...closing(review, width),
  ];
  return `${lines.map(harmless).join("\n").trimEnd()}\n`;
}
