import { type BothSides, type CountedEntry, type CountedSuite, isUnit } from "../model/counts.js";
import { join, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { counted, doubtOf, shownStatement } from "../sql/counted-phrases.js";
import type { Section } from "./section.js";

/** Rows of one suite; the JSON has them all. */
const ROWS = 30;
/** Statements of one kind that are named one by one. */
const NAMED = 5;

const HEADER: readonly Text[] = [["Request or test"], ["Base"], ["Head"], ["Δ"], ["Spans"], ["State"]];

const NONE: Text = ["–"];

/** `12`, or `12–15` where the runs of an entry differ. */
function runsOf(runs: readonly number[]): Text {
  const [least, most] = [runs[0], runs.at(-1)];
  if (least === undefined || most === undefined) return NONE;
  return least === most ? counted(most) : text`${counted(least)}–${counted(most)}`;
}

const times = ({ runs }: CountedEntry): Text => (runs.head.length > 1 ? text` (${counted(runs.head.length)} runs)` : []);

function differenceOf({ head, base }: BothSides): Text {
  if (base === null) return NONE;
  const difference = head - base;
  return difference === 0 ? ["0"] : text`${[difference > 0 ? "+" : "−"]}${counted(Math.abs(difference))}`;
}

const spansOf = ({ head, base }: BothSides): Text =>
  base === null || base === head ? counted(head) : text`${counted(base)} → ${counted(head)}`;

const states: Readonly<Record<CountedEntry["decision"], Text>> = {
  more: ["more"],
  fewer: ["fewer"],
  same: ["other statements"],
  new: ["new here"],
  missing: ["not run here"],
  "not-compared": ["not compared"],
};

/** Without a base everything would be new. */
function stateOf({ decision, reason }: CountedEntry, { base }: CountedSuite): Text {
  return reason ?? (base ? states[decision] : states["not-compared"]);
}

const row = (entry: CountedEntry, suite: CountedSuite): readonly Text[] => [
  text`${entry.name}${times(entry)}`,
  runsOf(entry.runs.base),
  runsOf(entry.runs.head),
  entry.decision === "missing" || entry.decision === "not-compared" ? NONE : differenceOf(entry.queries),
  entry.decision === "missing" ? NONE : spansOf(entry.spans),
  stateOf(entry, suite),
];

const isUnchanged = ({ decision, alike }: CountedEntry): boolean => decision === "same" && alike;

const urgency: readonly CountedEntry["decision"][] = ["more", "same", "not-compared", "missing", "fewer", "new"];

/** The largest growth first; a new entry by what it sends. */
const byUrgency = (one: CountedEntry, other: CountedEntry): number =>
  urgency.indexOf(one.decision) - urgency.indexOf(other.decision) ||
  other.queries.head - (other.queries.base ?? 0) - (one.queries.head - (one.queries.base ?? 0));

/** Only a complete record shows that nothing else was sent. */
function unchanged({ completeness }: CountedSuite, entries: readonly CountedEntry[]): Text {
  if (entries.length === 0) return [];
  const said =
    completeness.status === "complete" ? ["send the same statements as at the base"] : ["sent the same, as far as it is recorded"];
  return text`${counted(entries.length)} ${entries.length === 1 ? ["other entry"] : ["other entries"]} ${said}.`;
}

const doubted = ({ completeness }: CountedSuite): Text => {
  const doubt = doubtOf(completeness);
  return doubt ? text`The record is not complete, so every count may be too small: ${doubt}.` : [];
};

const outside = ({ outside: n }: CountedSuite): Text =>
  n === 0
    ? []
    : text`${counted(n)} ${n === 1 ? ["statement"] : ["statements"]} outside of any test or request ${n === 1 ? ["is"] : ["are"]} not among them.`;

/** What the configuration allows to be repeated: named in every review, so that nobody forgets it. */
function allowed(entries: readonly CountedEntry[]): Text {
  const all = entries.flatMap(({ name, statements }) =>
    statements.flatMap(({ statement, head, allowed: reason }) =>
      reason === undefined || head < 2 ? [] : [text`${name} ${counted(head)} × ${shownStatement(statement)} (${reason})`],
    ),
  );
  if (all.length === 0) return [];
  const more = all.length > NAMED ? text`; and ${all.length - NAMED} more` : [];
  return text`Repeated on purpose: ${join(all.slice(0, NAMED), "; ")}${more}.`;
}

const sentences = (parts: readonly Text[]): Text =>
  join(
    parts.filter((part) => part.length > 0),
    " ",
  );

function comparedWith({ base, limits }: CountedSuite): Text {
  const commit = base ? text`Compared with ${base.sha.slice(0, 7)}.` : [];
  const told = limits.length === 0 ? [] : text`Not compared: ${join(limits, "; ")}.`;
  return sentences([commit, told]);
}

/** What a server or a log counted of a suite, where no request and no test has a name. */
const sources: Readonly<Record<CountedSuite["source"], string>> = {
  traces: "traces",
  "statement-statistics": "pg_stat_statements",
  "plan-log": "auto_explain",
  "query-log": "a query log",
};

function titleOf({ suite, source }: CountedSuite, entries: readonly CountedEntry[], isOnly: boolean): Text {
  const whose = isOnly ? [] : text` of ${suite}, by ${[sources[source]]}`;
  return entries.some(isUnit)
    ? text`Queries per request and test${whose}: ${counted(entries.filter(isUnit).length)} counted`
    : text`Queries of all tests together${whose}`;
}

function sectionOf(suite: CountedSuite, isOnly: boolean): Section {
  const entries = suite.entries.filter((entry) => isUnit(entry) || entry.kind === "suite");
  const same = entries.filter(isUnchanged);
  const rest = entries.filter((entry) => !isUnchanged(entry)).sort(byUrgency);
  const shown = (rest.length > 0 ? rest : same).slice(0, ROWS);
  const hidden = rest.length > ROWS ? text`${rest.length - ROWS} more rows are in the JSON.` : [];
  return {
    title: titleOf(suite, entries, isOnly),
    header: HEADER,
    rows: shown.map((entry) => row(entry, suite)),
    closing: sentences([
      comparedWith(suite),
      hidden,
      rest.length > 0 ? unchanged(suite, same) : [],
      outside(suite),
      allowed(entries),
      doubted(suite),
    ]),
    folded: true,
  };
}

/** What the tests of the head sent, suite by suite: what changed, and how many did not. */
export function countSections({ runtime }: Pick<Review, "runtime">): readonly Section[] {
  const suites = runtime?.suites ?? [];
  return suites.map((suite) => sectionOf(suite, suites.length === 1));
}
