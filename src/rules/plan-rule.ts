import { z } from "zod";
import type { Planned, Plans, TableSize } from "../model/plan.js";
import type { ChecklistItem, FindingOf, Rule, Severity } from "../model/rule.js";
import type { Statement } from "../model/statements.js";
import { capitalised, join, type Text, text } from "../model/text.js";
import { sentText } from "../sql/counted-phrases.js";
import { sizesText } from "../sql/plan/phrases.js";

/** A statement of which there is a plan. */
export type PlannedStatement = Extract<Planned, { readonly state: "planned" }>;

/** One that the base's schema knew, and the head's refuses. */
export type FailingStatement = Extract<Planned, { readonly state: "fails" }>;

/** One thing that a rule saw in one plan. */
export interface PlanHit {
  /** What the plan does, in a sentence that begins with a verb and has no full stop, with its figures. */
  readonly what: Text;
  /** The way to mend it, as SQL where that is possible. */
  readonly help: Text;
  /** When it differs from the rule's own. */
  readonly severity?: Severity;
  /** What it means, when that is not what the rule says. */
  readonly effect?: Text;
  /** Hits of one file with the same key are one finding with a list; absent, each statement has its own. */
  readonly key?: string;
  /** Where it stands when that is not the planned statement: the migration's statement that caused it. */
  readonly at?: Statement;
}

interface PlanRule {
  readonly id: Rule["id"];
  readonly answers: ChecklistItem;
  readonly severity: Severity;
  /** See {@link Rule.off}. */
  readonly off?: true;
  /** What that means: whole sentences. */
  readonly effect: Text;
  /** New and modified statements, or unchanged ones that a schema change touches. */
  readonly judges: "changed" | "dependents" | "all";
  readonly look: (planned: PlannedStatement, plans: Plans) => readonly PlanHit[];
  /** What it says of a statement that is refused at the head. */
  readonly fails?: (planned: FailingStatement) => readonly PlanHit[];
}

interface Seen extends PlanHit {
  readonly planned: PlannedStatement | FailingStatement;
  readonly place: Statement;
  readonly suppressed: string | null;
}

const LISTED = 10;
const ORDER: readonly Severity[] = ["blocking", "warning", "notice", "question"];

/** True where nobody told the size of a table of the plan, so that it may be any. */
export const isAssumed = ({ tables }: PlannedStatement): boolean => tables.some(({ source }) => source === "assumed");

const tablesOf = ({ planned }: Seen): readonly TableSize[] => (planned.state === "planned" ? planned.tables : []);

/** Sizes that nobody told close no gate, and what a workflow of the author's says its tests sent closes none either. */
function severityOf(rule: PlanRule, seen: Seen): Severity {
  const { severity = rule.severity } = seen;
  const tables = tablesOf(seen);
  const assumed = tables.length === 0 || tables.some((table) => table.source === "assumed");
  return (assumed || seen.place.sent) && severity === "blocking" ? "warning" : severity;
}

function statementsOf(rule: PlanRule, plans: Plans): readonly Planned[] {
  const changed = rule.judges === "dependents" ? [] : plans.changed;
  const dependents = rule.judges === "changed" ? [] : plans.dependents;
  return [...changed, ...dependents];
}

function hitsIn(rule: PlanRule, planned: Planned, plans: Plans): readonly Seen[] {
  if (planned.state === "cannot-tell") return [];
  const hits = planned.state === "planned" ? rule.look(planned, plans) : (rule.fails?.(planned) ?? []);
  return hits.map((hit) => {
    const place = hit.at ?? planned.statement;
    const suppressed = place.suppressions.find((suppression) => suppression.rule === rule.id)?.reason ?? null;
    return { ...hit, planned, place, suppressed };
  });
}

const keyOf = ({ place, key, suppressed }: Seen): string =>
  JSON.stringify([place.path, key ?? [place.line, place.start ?? null], suppressed]);

/** Where an unchanged statement stands is part of what is said of it: the finding stands at its cause. */
const named = ({ what, place, planned }: Seen): Text =>
  planned.statement.sent
    ? text`${sentText(planned.statement.sent)}: ${what}`
    : place === planned.statement
      ? text`line ${place.line}: ${what}`
      : text`${`${planned.statement.path}:${planned.statement.line}`}: ${what}`;

/** The finding's place says which statement it is. */
const isAtItsPlace = ({ place, planned }: Seen): boolean => place === planned.statement && !place.sent;

function listed(hits: readonly Seen[]): Text {
  const [first] = hits;
  if (hits.length === 1 && first) return isAtItsPlace(first) ? first.what : named(first);
  const shown = join(hits.slice(0, LISTED).map(named), "; ");
  return hits.length > LISTED ? text`${shown}; and ${hits.length - LISTED} more` : shown;
}

const doubtsOf = (hits: readonly Seen[]): Text => {
  const [doubt] = hits.flatMap(({ planned }) => (planned.state === "planned" ? planned.doubts : []));
  return doubt ? text` What it cannot tell: ${doubt}.` : [];
};

/** The sizes behind the first hit: the others' stand in the section of plans. */
const sizesOf = ([first]: readonly Seen[]): Text => {
  const tables = first ? tablesOf(first).slice(0, LISTED) : [];
  return tables.length > 0 ? text` Sizes: ${sizesText(tables)}. Planner estimate, not a measurement.` : [];
};

function findingOf(rule: PlanRule, hits: readonly Seen[]): FindingOf {
  const ranked = [...hits].sort((one, other) => ORDER.indexOf(severityOf(rule, one)) - ORDER.indexOf(severityOf(rule, other)));
  const [worst] = ranked;
  const place = hits[0]?.place;
  return {
    severity: worst ? severityOf(rule, worst) : rule.severity,
    message: text`${capitalised(listed(hits))}. ${worst?.effect ?? rule.effect}${doubtsOf(hits)}${sizesOf(hits)}`,
    ...(worst && { title: hits.length === 1 ? listed(hits) : text`${named(worst)} (and ${hits.length - 1} more)` }),
    help: worst?.help ?? [],
    ...(place && !place.sent && { at: { path: place.path, line: place.line, endLine: place.endLine } }),
    ...(hits[0] && hits[0].suppressed !== null && { suppressed: hits[0].suppressed }),
  };
}

/** A rule over plans: it says what it sees in one, and everything that such rules share happens here. */
export function planRule(rule: PlanRule): Rule<"plans", Readonly<Record<string, never>>> {
  return {
    id: rule.id,
    answers: rule.answers,
    ...(rule.off && { off: rule.off }),
    needs: ["plans"],
    options: z.strictObject({}),
    check: ({ plans }) => {
      const hits = statementsOf(rule, plans).flatMap((planned) => hitsIn(rule, planned, plans));
      const keys = [...new Set(hits.map(keyOf))];
      return keys.map((key) =>
        findingOf(
          rule,
          hits.filter((hit) => keyOf(hit) === key),
        ),
      );
    },
  };
}
