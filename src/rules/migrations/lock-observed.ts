import type { Observation, RelationName } from "../../model/catalogue.js";
import { type Text, text } from "../../model/text.js";
import { relationOf } from "../../sql/catalogue.js";
import { isExplained } from "../../sql/explained-locks.js";
import { blockingLocks, observedClause } from "../../sql/observed.js";
import { includesTable, isSameTable, type ParsedStatement } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const holds = (list: readonly RelationName[], name: RelationName): boolean => list.some((one) => isSameTable(one, name));

/** Locks on tables that others use, so that somebody waits; a partition goes with its parent. */
function feltLocks(observed: Observation, { file, statements, schema }: Surroundings): Observation["locks"] {
  const fresh = [...statements.createdTables, ...(file.ownTables ?? [])];
  const locks = blockingLocks(observed).filter(({ relation }) => !includesTable(fresh, relation));
  return locks.filter(({ relation }) => {
    const parent = schema && relationOf(schema.base, relation)?.partitionOf;
    return !parent || !locks.some((other) => isSameTable(other.relation, parent));
  });
}

const rewriteHelp = text`Look for a form that needs no work on every row: a new column or table that is filled in batches beside the writes, a constraint that is added NOT VALID and validated later, or run it while the table may stand still.`;
const severalHelp = (lock: Text): Text =>
  text`Put ${lock} above it, so that it gives up instead of keeping others waiting, and run it again; or do it table by table, in a transaction each.`;

function look(statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { observed } = statement;
  const clause = observed ? observedClause(observed) : null;
  if (!observed || !clause || isExplained(statement)) return [];
  const locks = feltLocks(observed, surroundings);
  const worked = locks.find(({ relation }) => holds(observed.rewritten, relation) || holds(observed.scanned, relation));
  if (worked) return [{ what: text`it ${clause}`, table: worked.relation, help: rewriteHelp }];
  const exclusive = locks.filter(({ mode }) => mode === "ACCESS EXCLUSIVE");
  if (exclusive.length < 2) return [];
  return [{ what: text`it ${clause}`, help: severalHelp(text`${"SET LOCAL lock_timeout = '5s';"}`), severity: "notice" }];
}

/** What was seen to lock a table for as long as its rows take, or several at once, and that no other rule is about. */
export const lockObserved = statementRule({
  id: "migrations/lock-observed",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  severity: "warning",
  sized: true,
  effect: text`This is what the statement did when it was run on the schema of the base branch; reads wait for an ACCESS EXCLUSIVE lock, writes for any from SHARE on, and the lock is held until the transaction ends.`,
  look,
});
