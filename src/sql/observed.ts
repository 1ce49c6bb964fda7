import { type LockMode, lockModes, type Observation, type RelationName } from "../model/catalogue.js";
import { join, type Text, text } from "../model/text.js";
import { node } from "./postgres-tree.js";
import { isSameTable, type ParsedStatement, relationTitle, type Table } from "./tables.js";

/** What a rule says that the database does to a table. */
export interface Claims {
  /** At least this lock. */
  readonly lock?: LockMode;
  /** Every row is read. */
  readonly scan?: true;
  /** Every row is written anew. */
  readonly rewrite?: true;
}

const LISTED = 3;
const strength = (mode: LockMode): number => lockModes.indexOf(mode);
// From here on writes wait, which is what a reader has to know.
const SHOWN_FROM = strength("SHARE");

const holds = (list: readonly RelationName[], table: Table): boolean => list.some((relation) => isSameTable(relation, table));

/** The strongest lock that the statement took on the table when it ran; null when it took none. */
export function observedLock({ locks }: Observation, table: Table): LockMode | null {
  const modes = locks.filter(({ relation }) => isSameTable(relation, table)).map(({ mode }) => strength(mode));
  return lockModes[Math.max(...modes)] ?? null;
}

/**
 * True when the statement ran and did less than is claimed. A DO block may do more where there are rows,
 * and partitions may exist that no migration creates: nothing seen there refutes nothing.
 */
export function isRefuted({ tree, observed }: ParsedStatement, table: Table, claims: Claims): boolean {
  if (!observed || node(tree, "DoStmt")) return false;
  const mode = observedLock(observed, table);
  if (claims.lock && (mode === null || strength(mode) < strength(claims.lock))) return true;
  if (observed.locks.some(({ relation, kind }) => kind === "partitioned" && isSameTable(relation, table))) return false;
  return (claims.scan === true && !holds(observed.scanned, table)) || (claims.rewrite === true && !holds(observed.rewritten, table));
}

/** The locks on tables that make reads or writes wait. */
export const blockingLocks = ({ locks }: Observation): Observation["locks"] =>
  locks.filter(({ kind, mode }) => kind !== "index" && strength(mode) >= SHOWN_FROM);

const named = (relations: readonly RelationName[]): Text => {
  const shown = relations.slice(0, LISTED).map((relation) => text`${relationTitle(relation)}`);
  return relations.length > LISTED ? [...join(shown, ", "), ` and ${relations.length - LISTED} more`] : join(shown, ", ");
};

function lockClauses(observation: Observation): readonly Text[] {
  const ofTables = blockingLocks(observation);
  return lockModes.toReversed().flatMap((mode) => {
    const relations = ofTables.filter((lock) => lock.mode === mode).map(({ relation }) => relation);
    return relations.length === 0 ? [] : [text`takes ${[mode]} on ${named(relations)}`];
  });
}

/** `takes ACCESS EXCLUSIVE on orders, rewrites orders (observed)`; null when it did nothing that others wait for. */
export function observedClause(observation: Observation): Text | null {
  const { locks, rewritten, scanned } = observation;
  const isIndex = (name: RelationName): boolean => locks.some(({ relation, kind }) => kind === "index" && isSameTable(relation, name));
  const anew = rewritten.filter((name) => !isIndex(name));
  const read = scanned.filter((name) => !holds(anew, name) && !isIndex(name));
  const clauses = [
    ...lockClauses(observation),
    ...(anew.length > 0 ? [text`rewrites ${named(anew)}`] : []),
    ...(read.length > 0 ? [text`reads every row of ${named(read)}`] : []),
  ];
  return clauses.length === 0 ? null : text`${join(clauses, ", ")} (observed)`;
}
