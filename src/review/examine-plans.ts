import { isTest } from "../evidence/path-kinds.js";
import { untriedNotes } from "../evidence/plan-notes.js";
import { isUnit } from "../model/counts.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Planned, Plans } from "../model/plan.js";
import { type Text, text } from "../model/text.js";
import { counted, doubtOf, sentText } from "../sql/counted-phrases.js";
import { sizesText } from "../sql/plan/phrases.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";
import { sourceFiles, statementFiles, statementsBounded, statementsSeen } from "./examine-sources.js";

const SIZES = 3;

const isPlanned = ({ state }: Planned): boolean => state === "planned";

/** The sizes behind these plans, the largest first. */
function sizes(plans: Plans): Text {
  const tables = plans.changed.flatMap((planned) => (planned.state === "planned" ? planned.tables : []));
  const byName = new Map(tables.map((table) => [JSON.stringify(table.relation), table]));
  const ranked = [...byName.values()].sort((one, other) => other.rows - one.rows);
  const more = ranked.length > SIZES ? text` and ${ranked.length - SIZES} more` : [];
  return ranked.length === 0 ? [] : text`: ${sizesText(ranked.slice(0, SIZES))}${more}`;
}

const made = ({ changed }: Plans): Text =>
  changed.length === 0
    ? text`no query was added or modified`
    : text`${count(changed.filter(isPlanned).length, "changed statement")} planned`;

function planned(plans: Plans): Text {
  const unchanged = plans.dependents.length === 0 ? [] : text`${count(plans.dependents.length, "unchanged one")} planned on both schemas`;
  if (plans.changed.length === 0) return unchanged.length === 0 ? made(plans) : text`${made(plans)}; ${unchanged}`;
  return text`${made(plans)} by ${[plans.planner]}${unchanged.length === 0 ? [] : text`, and ${unchanged}`}${sizes(plans)}`;
}

/** The first statement without a plan, and how many there are. */
function unplanned(plans: Plans): Text | null {
  const missing = plans.changed.filter((one) => !isPlanned(one));
  const [first] = missing;
  if (first?.state !== "cannot-tell") return null;
  const { path, line, sent } = first.statement;
  const where = sent ? sentText(sent) : text`${path} line ${line}`;
  return text`${count(missing.length, "statement")} without a plan${[missing.length === 1 ? ": " : ", first "]}${where}: ${first.why}`;
}

/** Why there are no plans, for a person who has to make them. */
function withoutPlans(evidence: CollectedEvidence, reason: Text): Examination {
  const files = statementFiles(evidence);
  const { gap } = statementsSeen(files);
  const statements = files.flatMap((file) => file.statements);
  if (gap && statements.length === 0) return partial(gap);
  return partial(text`no plans: ${reason}; EXPLAIN the ${count(statements.length, "changed statement")} and tick this line`);
}

/** An ORM's calls hold no SQL text: that none changed is no proof that no query did. */
function withoutSql(evidence: CollectedEvidence): Examination {
  const running = sourceFiles(evidence).filter(({ path }) => !isTest(path));
  if (running.length === 0) return statementsBounded(evidence);
  return partial(
    text`no SQL text changed in ${count(running.length, "source file")}; what an ORM makes of them is not read: EXPLAIN it, then tick this line`,
    sentSeen(evidence)?.seen,
  );
}

const isSent = ({ statement }: Planned): boolean => statement.sent !== undefined;

const sentPlans = ({ plans }: CollectedEvidence): readonly Planned[] =>
  plans.status === "collected" ? plans.value.changed.filter(isSent) : [];

/** What the tests of the head sent that the base's did not, and why that may not be all. */
function sentSeen({ runtime }: CollectedEvidence): { readonly seen: Text; readonly gap: Text | null } | null {
  if (runtime.status === "absent") return null;
  const suites = runtime.value.suites.filter(({ base, source, limits }) => base && source === "traces" && limits.length === 0);
  const entries = suites.flatMap((suite) => suite.entries.filter(isUnit)).filter(({ runs }) => runs.head.length > 0);
  if (entries.length === 0) return null;
  const fresh = suites.reduce((sum, suite) => sum + suite.fresh.length, 0);
  const doubt = suites.map(({ completeness }) => doubtOf(completeness)).find((one) => one !== null);
  const seen = text`${counted(fresh)} new ${fresh === 1 ? ["statement"] : ["statements"]} sent by ${counted(entries.length)} traced ${entries.length === 1 ? ["request or test"] : ["requests and tests"]}`;
  return { seen, gap: doubt ? text`the record of what the tests sent is not complete: ${doubt}` : null };
}

/** The ORM's statements are known by what the tests sent alone. */
function explainedByTests(evidence: CollectedEvidence, plans: Plans): Examination {
  const known = sentSeen(evidence);
  const seen = known ? text`${planned(plans)}; ${known.seen}` : planned(plans);
  const gap = unplanned(plans) ?? known?.gap;
  return gap ? partial(gap, seen) : complete(seen);
}

/** Complete when every changed query has a plan. A change without SQL is answered as the line about statements is. */
export function explained(evidence: CollectedEvidence): Examination {
  const files = statementFiles(evidence);
  const { plans } = evidence;
  if (files.length === 0 && plans.status === "collected" && sentPlans(evidence).length > 0) return explainedByTests(evidence, plans.value);
  if (files.length === 0) return withoutSql(evidence);
  if (plans.status === "absent") return withoutPlans(evidence, plans.reason);
  const queries = files.filter(({ kind }) => kind === "query");
  const bounded = statementsBounded(evidence);
  if (plans.value.changed.length === 0 && plans.value.dependents.length === 0 && bounded.status === "complete") {
    return notApplicable(made(plans.value));
  }
  const gap = unplanned(plans.value) ?? statementsSeen(queries).gap;
  if (gap) return partial(gap, planned(plans.value));
  return bounded.status === "partial" ? partial(bounded.reason, planned(plans.value)) : complete(planned(plans.value));
}

/** Complete when the schema is known, every changed query has a plan on it, and an index was tried where one might help. */
export function indexesAppropriate(evidence: CollectedEvidence): Examination {
  const { statements } = evidence;
  if (statements.status === "absent" || statements.value.files.length === 0) {
    return sentPlans(evidence).length > 0 ? explained(evidence) : withoutSql(evidence);
  }
  const { schema } = statements.value;
  if (schema.status === "absent") return partial(text`the schema is not known: ${schema.reason}; look at the indexes, then tick this line`);
  const examined = explained(evidence);
  const seen = text`the schema of ${schema.value.source}`;
  if (examined.status === "not-applicable") return complete(seen);
  const { plans } = evidence;
  const both = plans.status === "collected" && plans.value.changed.length > 0 ? text`${made(plans.value)} on ${seen}` : seen;
  if (examined.status === "partial") return partial(examined.reason, both);
  const [untried] = plans.status === "collected" ? untriedNotes(plans.value.changed) : [];
  return untried ? partial(untried, both) : complete(both);
}
