import { alterationsOf } from "./alterations.js";
import { child, children, findNodes, word } from "./generic-tree.js";
import { findAll, node, nodes } from "./postgres-tree.js";
import { type ParsedStatement, postgresTable, type Table } from "./tables.js";

const tables = (relations: readonly unknown[] | undefined): readonly Table[] =>
  nodes(relations, "RangeVar").flatMap((relation) => postgresTable(relation) ?? []);

/** A table that a statement writes anew because it says so, with the words that do. */
export interface Rewrite {
  readonly table: Table;
  readonly words: string;
}

const REWRITING: Readonly<Record<string, string>> = {
  AT_SetLogged: "SET LOGGED",
  AT_SetUnLogged: "SET UNLOGGED",
  AT_SetTableSpace: "SET TABLESPACE",
  AT_SetAccessMethod: "SET ACCESS METHOD",
};

function isFull(options: readonly unknown[] | undefined): boolean {
  const full = nodes(options, "DefElem").find(({ defname }) => defname === "full");
  const value = full && node(full.arg, "String")?.sval?.toLowerCase();
  return full !== undefined && value !== "false" && value !== "off";
}

/** VACUUM FULL, CLUSTER, and what moves a table's file; without a table's name they are for all of them, and name none. */
export function rewritesOf(statement: ParsedStatement): readonly Rewrite[] {
  const { tree } = statement;
  const vacuumed = findAll(tree, "VacuumStmt").filter(({ options }) => isFull(options));
  const full = vacuumed.flatMap(({ rels }) => nodes(rels, "VacuumRelation").flatMap(({ relation }) => postgresTable(relation) ?? []));
  const clustered = findAll(tree, "ClusterStmt").flatMap(({ relation }) => postgresTable(relation) ?? []);
  return [
    ...full.map((table) => ({ table, words: "VACUUM FULL" })),
    ...clustered.map((table) => ({ table, words: "CLUSTER" })),
    ...alterationsOf(statement).flatMap(({ table, command }) => {
      const words = Object.hasOwn(REWRITING, command) ? REWRITING[command] : undefined;
      return words === undefined ? [] : [{ table, words }];
    }),
  ];
}

/** Tables that a LOCK holds until the transaction ends, with its mode as SQL has it. */
export interface ExplicitLock {
  readonly table: Table;
  readonly mode: string;
}

// LockStmt has PostgreSQL's numbers; from SHARE on, writes wait.
const BLOCKING_MODES: Readonly<Record<number, string>> = { 5: "SHARE", 6: "SHARE ROW EXCLUSIVE", 7: "EXCLUSIVE", 8: "ACCESS EXCLUSIVE" };

const genericLocks = (tree: unknown): readonly ExplicitLock[] =>
  findNodes(tree, "lock").flatMap((lock) =>
    children(lock, "tables").flatMap((place) => {
      const table = child(place, "table");
      const name = table && word(table, "table");
      const mode = word(child(place, "lock_type") ?? {}, "type")?.toUpperCase() ?? "";
      return table && name !== null ? [{ table: { schema: word(table, "db"), name }, mode }] : [];
    }),
  );

/** LOCK TABLE in a mode that makes writes wait. */
export function explicitLocks({ tree, dialect }: ParsedStatement): readonly ExplicitLock[] {
  if (dialect !== "postgresql") return genericLocks(tree);
  return findAll(tree, "LockStmt").flatMap(({ relations, mode }) => {
    const name = BLOCKING_MODES[mode ?? 0];
    return name === undefined ? [] : tables(relations).map((table) => ({ table, mode: name }));
  });
}

/** Tables that a TRUNCATE empties, and whether it goes on to those that refer to them. */
export interface Truncation {
  readonly table: Table;
  readonly cascade: boolean;
}

const genericTruncations = (tree: unknown): readonly Truncation[] =>
  findNodes(tree, "truncate").flatMap((truncate) =>
    children(truncate, "name").flatMap((place) => {
      const name = word(place, "table");
      return name === null ? [] : [{ table: { schema: word(place, "db"), name }, cascade: false }];
    }),
  );

export function truncationsOf({ tree, dialect }: ParsedStatement): readonly Truncation[] {
  if (dialect !== "postgresql") return genericTruncations(tree);
  return findAll(tree, "TruncateStmt").flatMap(({ relations, behavior }) =>
    tables(relations).map((table) => ({ table, cascade: behavior === "DROP_CASCADE" })),
  );
}
