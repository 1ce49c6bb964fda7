import type { LineId } from "../model/rule.js";
import { join, moment, type Text, text } from "../model/text.js";
import type { ChecklistLine, Outcome } from "../model/verdict.js";
import { count, shortSha } from "./phrases.js";

/** One line of the checklist. A task is a box that a human may tick: only what no machine could answer. */
export interface ChecklistRow {
  readonly item: LineId;
  /** What a tick would rest on, for the hidden mark; null where nobody can tick. */
  readonly basis: string | null;
  readonly status: Outcome["status"];
  readonly mark: Text;
  readonly text: Text;
  readonly answer: Text;
  readonly task: boolean;
  readonly ticked: boolean;
  /** Asks for something before the merge: never folded away. */
  readonly urgent: boolean;
}

/** Rows that say the same of several lines. */
export interface ChecklistGroup extends Omit<ChecklistRow, "text"> {
  readonly texts: readonly Text[];
}

/** The checklist as a page shows it: what asks for something, and the rest under a title that counts it. */
export interface ShownChecklist {
  readonly urgent: readonly ChecklistGroup[];
  readonly rest: readonly ChecklistGroup[];
  readonly title: Text;
}

const marks: Readonly<Record<Outcome["status"], Text>> = {
  passed: ["✅"],
  failed: ["❌"],
  "not-applicable": ["➖"],
  "not-checked": ["❔"],
  attested: ["☑️"],
};

const seenToo = (seen: Text | undefined): Text => (seen === undefined || seen.length === 0 ? [] : text` (looked at: ${seen})`);

/** Who ticked, where it was not somebody who could judge the change with other eyes. */
const whom: Readonly<Record<"author" | "bot" | "reviewer", Text>> = {
  author: [", the author of this pull request,"],
  bot: [", a bot,"],
  reviewer: [],
};

/** Nothing was found, which is no pass: what was looked through, and what cannot be seen that way. */
function searchedFor({ reason, seen, questions = 0 }: Extract<Outcome, { status: "not-checked" }>): Text {
  const found = questions === 0 ? ["nothing found"] : text`${count(questions, "question")} below, nothing else found`;
  return text`${found} by the static check of ${seen ?? []}; ${reason}`;
}

const answerOf = (outcome: Outcome): Text => {
  switch (outcome.status) {
    case "passed":
      return outcome.seen;
    case "failed":
      return text`${count(outcome.findings.length, "finding")}${seenToo(outcome.seen)}`;
    case "not-applicable":
      return text`not applicable: ${outcome.reason}`;
    case "not-checked":
      return outcome.questions === undefined ? text`not checked: ${outcome.reason}${seenToo(outcome.seen)}` : searchedFor(outcome);
    case "attested":
      return text`ticked by ${outcome.by}${whom[outcome.standing ?? "reviewer"]} at ${moment(outcome.at)} for ${shortSha(outcome.sha)} (not checked by machine: ${outcome.reason})`;
  }
};

const REQUIRED: Text = ["required to merge, "];

const open = ({ status }: Outcome): boolean => status === "not-checked" || status === "failed";

/** The checklist for reading, line by line. */
export function checklistRows(lines: readonly ChecklistLine[]): readonly ChecklistRow[] {
  return lines.map(({ item, text: line, gate, outcome, basis, required }) => ({
    item,
    basis: basis ?? null,
    status: outcome.status,
    mark: marks[outcome.status],
    text: item.startsWith("own/") ? text`${line}` : [line],
    answer: required && open(outcome) ? [...REQUIRED, ...answerOf(outcome)] : answerOf(outcome),
    task: outcome.status === "attested" || (outcome.status === "not-checked" && !gate),
    ticked: outcome.status === "attested",
    urgent: outcome.status === "failed" || (required === true && open(outcome)),
  }));
}

/** A task stays a row of its own, so that it can be ticked. */
function grouped(rows: readonly ChecklistRow[]): readonly ChecklistGroup[] {
  const groups = new Map<string, ChecklistGroup>();
  for (const { text: line, ...row } of rows) {
    const key = row.task ? row.item : JSON.stringify([row.status, row.answer]);
    groups.set(key, { ...row, texts: [...(groups.get(key)?.texts ?? []), line] });
  }
  return [...groups.values()];
}

const words: Readonly<Record<Outcome["status"], string>> = {
  failed: "failed",
  passed: "passed",
  attested: "ticked",
  "not-checked": "not checked",
  "not-applicable": "not applicable",
};

function tallied(rows: readonly ChecklistRow[]): Text {
  const all = rows.map((row) => (row.task && !row.ticked ? "for a person to look at" : words[row.status]));
  const order = ["failed", "passed", "ticked", "for a person to look at", "not checked", "not applicable"];
  const counts = order.map((word) => ({ word, times: all.filter((one) => one === word).length }));
  return join(
    counts.flatMap(({ word, times }) => (times === 0 ? [] : [text`${times} ${[word]}`])),
    ", ",
  );
}

/** What a reader has to do stands open; the rest is one fold, in which lines with one answer are one row. */
export function shownChecklist(lines: readonly ChecklistLine[]): ShownChecklist {
  const rows = checklistRows(lines);
  const rest = rows.filter(({ urgent }) => !urgent);
  return {
    urgent: grouped(rows.filter(({ urgent }) => urgent)),
    rest: grouped(rest),
    title: text`Checklist (${answered(lines)}): ${tallied(rest)}`,
  };
}

/** `9 of 14 answered`: what still needs a person's eye. */
export function answered(lines: readonly ChecklistLine[]): Text {
  const open = lines.filter((line) => line.outcome.status === "not-checked").length;
  return text`${lines.length - open} of ${lines.length} answered`;
}
