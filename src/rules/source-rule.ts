import { z } from "zod";
import type { ChecklistItem, FindingOf, Rule, Severity } from "../model/rule.js";
import type { CallFact, FileFacts, Language, PathClass, Source, SourceFile } from "../model/source.js";
import { capitalised, type Text, text } from "../model/text.js";
import { type Label, labelled, type Sighting, sightingOf } from "../source/labels.js";

/** One call that a rule objects to. */
export interface SourceHit {
  readonly call: CallFact;
  /** What it does, in a clause; absent where {@link inLoop} says it. */
  readonly what?: Text;
  /** When it differs from the rule's own. */
  readonly help?: Text;
  /** When the rule is less sure here than elsewhere. */
  readonly severity?: Severity;
}

/** What a rule is about decides in which classes of files it is heard, and how loudly. */
export type Matter = "loop" | "resource" | "timeout";

interface SourceRule {
  readonly id: Rule["id"];
  readonly answers: ChecklistItem;
  readonly matter: Matter;
  /** Narrows the classes of its matter; absent means all of them. */
  readonly classes?: readonly PathClass[];
  readonly languages: readonly Language[];
  readonly severity: Exclude<Severity, "blocking">;
  /** See {@link Rule.off}. */
  readonly off?: true;
  /** What that means when it runs: whole sentences. */
  readonly effect: Text;
  readonly help: Text;
  /** The calls of one file that the rule objects to, changed or not: what is new among them is found out elsewhere. */
  readonly look: (file: FileFacts) => readonly SourceHit[];
}

interface Told extends SourceHit {
  readonly label: Label;
  readonly file: FileFacts;
  readonly suppressed: string | null;
}

/**
 * Where a matter is heard, and the worst that it is then. Scripts and migrations run once, and loops in them are batches by
 * design; one that waits for ever is seen by whoever started it.
 */
const HEARD: Readonly<Record<Matter, Readonly<Partial<Record<PathClass, Severity>>>>> = {
  loop: { server: "warning", browser: "question" },
  resource: { server: "warning", browser: "warning", script: "notice", migration: "question" },
  timeout: { server: "warning", script: "question", migration: "question" },
};

/** Findings of one rule in one file. */
const SHOWN = 3;
const ORDER: readonly Severity[] = ["blocking", "warning", "notice", "question"];
const milder = (one: Severity, other: Severity): Severity => (ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other);

const BEFORE: Readonly<Partial<Record<Label, Text>>> = {
  touched: text` (was there before)`,
  moved: text` (was there before, in another file)`,
};

/** The call as a reader finds it: `db.find(…)`. */
export const shown = (call: CallFact): string => `${call.callee}${call.arguments.length > 0 ? "(…)" : call.constructs ? "" : "()"}`;

/** `db.find(…)` runs once for each round of `for (const id of ids)`. */
export function inLoop(call: CallFact, file: FileFacts): Text {
  const loop = call.loop === null ? undefined : file.loops[call.loop];
  return loop ? text`${shown(call)} runs in each round of ${loop.header}` : text`${shown(call)} is called`;
}

function reads(rule: SourceRule, file: FileFacts): boolean {
  if (!rule.languages.includes(file.language) || HEARD[rule.matter][file.class] === undefined) return false;
  return !rule.classes || rule.classes.includes(file.class);
}

/** Calls of one file that a rule may object to; what has more was written by a machine. */
const HITS = 1000;

const hitsIn = (rule: SourceRule, file: FileFacts | null): readonly SourceHit[] =>
  file && reads(rule, file) ? rule.look(file).slice(0, HITS) : [];

/** A comment on the line of the call or of its loop, or right above one of them. */
function suppression({ suppressions }: FileFacts, { call, loop }: Sighting, rule: string): string | null {
  const lines = [call.line, ...(loop ? [loop.line] : [])].flatMap((line) => [line - 1, line]);
  return suppressions.find((given) => given.rule === rule && lines.includes(given.line))?.reason ?? null;
}

const isUncertain = ({ errors }: FileFacts, { start, end }: CallFact): boolean =>
  errors.some((error) => error.start <= start && end <= error.end);

function severityOf(rule: SourceRule, { label, file, call, severity }: Told): Severity {
  if (label !== "new" || isUncertain(file, call)) return "question";
  return milder(severity ?? rule.severity, HEARD[rule.matter][file.class] ?? "question");
}

/** How many more the rule saw beside the one that is told of. */
interface More {
  readonly loop: number;
  readonly file: number;
}

function findingOf(rule: SourceRule, told: Told, more: More): FindingOf {
  const { file, call, label, suppressed } = told;
  const what = text`${told.what ?? inLoop(call, file)}${BEFORE[label] ?? []}`;
  const inFile = more.file > 0 ? text` ${more.file} more like it in this file.` : [];
  const rest = text`${more.loop > 0 ? text` ${more.loop} more like it in this loop.` : []}${inFile}`;
  return {
    severity: severityOf(rule, told),
    message: text`${capitalised(what)}. ${rule.effect}${rest}`,
    title: what,
    help: told.help ?? rule.help,
    at: { path: file.path, line: call.line, endLine: call.endLine },
    ...(suppressed !== null && { suppressed }),
  };
}

const bySeverity = (rule: SourceRule) => (one: Told, other: Told) =>
  ORDER.indexOf(severityOf(rule, one)) - ORDER.indexOf(severityOf(rule, other));

/** What runs in one loop is one thing to mend, and told once; a call outside of loops stands for itself. */
function byLoop(heard: readonly Told[]): readonly (readonly Told[])[] {
  const loops = new Map<number, Told[]>();
  return heard.flatMap((told) => {
    const known = told.call.loop === null ? undefined : loops.get(told.call.loop);
    if (known) {
      known.push(told);
      return [];
    }
    const group = [told];
    if (told.call.loop !== null) loops.set(told.call.loop, group);
    return [group];
  });
}

function findingsOf(rule: SourceRule, told: readonly Told[]): readonly FindingOf[] {
  const suppressed = told.filter((one) => one.suppressed !== null).map((one) => findingOf(rule, one, { loop: 0, file: 0 }));
  const heard = told.filter((one) => one.suppressed === null).toSorted(bySeverity(rule));
  const loops = byLoop(heard);
  const shown = loops.slice(0, SHOWN);
  const left = loops.slice(SHOWN).flat().length;
  const first = shown.flatMap(([one, ...others], index) =>
    one ? [findingOf(rule, one, { loop: others.length, file: index === shown.length - 1 ? left : 0 })] : [],
  );
  return [...first, ...suppressed];
}

/** Every call of one rule that is not older than the change, by file. */
function toldOf(rule: SourceRule, files: readonly SourceFile[]): readonly (readonly Told[])[] {
  const sighted = files.map(({ head, base, added }) => {
    const hits = hitsIn(rule, head);
    const before = base && head ? hitsIn(rule, { ...base, class: head.class }) : hitsIn(rule, base);
    return {
      hits,
      sides: {
        head: head ? hits.map(({ call }) => sightingOf(head, call)) : [],
        base: base ? before.map(({ call }) => sightingOf(base, call)) : [],
        added,
      },
    };
  });
  const labels = labelled(sighted.map(({ sides }) => sides));
  return sighted.map(({ hits }, at) => {
    const file = files[at]?.head;
    return hits.flatMap((hit, index): readonly Told[] => {
      const label = labels[at]?.[index] ?? "old";
      if (!file || label === "old") return [];
      return [{ ...hit, label, file, suppressed: suppression(file, sightingOf(file, hit.call), rule.id) }];
    });
  });
}

const findings = (rule: SourceRule, { files }: Source): readonly FindingOf[] =>
  toldOf(rule, files).flatMap((told) => findingsOf(rule, told));

/**
 * A rule over source code: it says which calls of one file it objects to. What such rules share happens here: which
 * files they look at, what of it is new with the change, `redline-ignore`, and how many are shown.
 */
export function sourceRule(rule: SourceRule): Rule<"source", Readonly<Record<string, never>>> {
  return {
    id: rule.id,
    answers: rule.answers,
    ...(rule.off && { off: rule.off }),
    needs: ["source"],
    options: z.strictObject({}),
    reads: (file) => reads(rule, file),
    check: ({ source }) => findings(rule, source),
  };
}
