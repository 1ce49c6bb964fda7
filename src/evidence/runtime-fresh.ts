import type { CountedEntry, FreshStatement } from "../model/counts.js";
import { isUnit } from "../model/counts.js";
import { grouped } from "../model/grouped.js";
import type { RuntimeRun, RuntimeStatement } from "../model/runtime.js";

/** Statements that read: those have a plan that is worth a look. `INSERT … VALUES` has none. */
function isRead({ verb, tables, incomplete }: RuntimeStatement): boolean {
  if (incomplete) return false;
  if (verb === "INSERT") return tables.length > 1;
  return verb === "SELECT" || verb === "UPDATE" || verb === "DELETE" || verb === "MERGE";
}

/** What an entry is asked by: one statement of these in another's place is the same one, changed. */
const kindOf = ({ verb, tables }: RuntimeStatement): string => JSON.stringify([verb, tables]);

/** In one entry, a new statement in the place of one that is gone; where several could be meant, none is. */
function pairsIn(
  { statements }: CountedEntry,
  isNew: (statement: RuntimeStatement) => boolean,
): readonly (readonly [string, RuntimeStatement])[] {
  const gone = statements.filter(({ head, base }) => head === 0 && base !== null && base > 0);
  const added = statements.filter(({ head, base, statement }) => head > 0 && base === 0 && isNew(statement));
  return grouped([...gone, ...added], ({ statement }) => kindOf(statement)).flatMap((alike) => {
    const [before, ...moreGone] = alike.filter(({ head }) => head === 0);
    const [after, ...moreAdded] = alike.filter(({ head }) => head > 0);
    if (!before || !after || moreGone.length + moreAdded.length > 0) return [];
    return [[after.statement.fingerprint, before.statement] as const];
  });
}

interface Use {
  readonly entry: CountedEntry;
  readonly statement: CountedEntry["statements"][number];
}

/** Where it runs most often; of a test and the request that it makes, the request. */
function isBetter({ entry, statement }: Use, than: Use): boolean {
  if (statement.head !== than.statement.head) return statement.head > than.statement.head;
  return entry.kind === "endpoint" && than.entry.kind !== "endpoint";
}

function freshOf(uses: readonly [Use, ...Use[]], before: RuntimeStatement | undefined): FreshStatement {
  const most = uses.reduce((found, use) => (isBetter(use, found) ? use : found));
  const { statement, head, code } = most.statement;
  const { name, kind } = most.entry;
  return {
    statement,
    ...(before && { before }),
    ...{ entry: name, kind, times: head, others: uses.length - 1 },
    ...(code && { code }),
  };
}

/** Statements that only the head sends, with the entry that sends each most; what runs most often first. */
export function freshStatements(entries: readonly CountedEntry[], base: RuntimeRun): readonly FreshStatement[] {
  const known = new Set(base.statements.map(({ fingerprint }) => fingerprint));
  const isNew = (statement: RuntimeStatement): boolean => !known.has(statement.fingerprint) && isRead(statement);
  const units = entries.filter((entry) => isUnit(entry) || entry.kind === "suite");
  const before = new Map(units.flatMap((entry) => pairsIn(entry, isNew)));
  const uses = units.flatMap((entry) =>
    entry.statements.filter(({ head, statement }) => head > 0 && isNew(statement)).map((statement): Use => ({ entry, statement })),
  );
  return grouped(uses, ({ statement }) => statement.statement.fingerprint)
    .map((same) => freshOf(same, before.get(same[0].statement.statement.fingerprint)))
    .sort((one, other) => other.times - one.times);
}
