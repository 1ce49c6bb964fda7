import type { CollectedEvidence } from "../model/evidence.js";
import { text } from "../model/text.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";
import { statementFiles, statementsSeen } from "./examine-sources.js";

/** The rules know PostgreSQL's locks; other dialects are parsed and searched for data changes only. Migrations in `.sql` files; those written in a programming language are named as not read. */
export function migrationsSafe(evidence: CollectedEvidence): Examination {
  const migrations = statementFiles(evidence).filter((file) => file.kind === "migration");
  if (migrations.length === 0) {
    const changed = evidence.changes.status === "collected" ? evidence.changes.value.files.length : 0;
    return notApplicable(text`no SQL migration among the ${count(changed, "changed file")}`);
  }
  const { seen, gap } = statementsSeen(migrations);
  const other = migrations.find((file) => file.dialect !== "postgresql");
  if (!gap && other) return partial(text`most migration rules know PostgreSQL only; ${other.path} is ${[other.dialect]}`, seen);
  return gap ? partial(gap, seen) : complete(seen);
}
