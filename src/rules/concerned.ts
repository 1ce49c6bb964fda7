import type { Dialect, StatementFile, Statements } from "../model/statements.js";
import { findAll, type Kind } from "../sql/postgres-tree.js";
import { remembered } from "../sql/remembered.js";
import { isParsed, type ParsedStatement } from "../sql/tables.js";
import { holdersOf } from "../sql/tree-index.js";

/** A parsed statement and the file it stands in. */
export interface Placed {
  readonly file: StatementFile;
  readonly statement: ParsedStatement;
  /** Its position among all of these changes. */
  readonly place: number;
}

/** A kind of node, or what libpg-query calls a command of ALTER TABLE, a constraint, or the object of a DROP. */
export type Part = Kind | `AT_${string}` | `CONSTR_${string}` | `OBJECT_${string}`;

/** Which statements a rule is about. */
export interface Concern {
  readonly files?: StatementFile["kind"];
  /** Absent means all. */
  readonly dialects?: readonly Dialect[];
  /** Parts without any of which a PostgreSQL statement is no matter of the rule; absent means that all are. */
  readonly on?: readonly Part[];
}

/** The nodes that read rows or write them. */
export const queryKinds = ["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"] as const satisfies readonly Kind[];

interface Index {
  readonly all: readonly Placed[];
  readonly byPart: ReadonlyMap<string, readonly Placed[]>;
  /** Of the dialects whose trees have other nodes. */
  readonly others: readonly Placed[];
}

const NONE: readonly Placed[] = [];

function partsIn(tree: unknown): ReadonlySet<string> {
  const parts = new Set(holdersOf(tree).keys());
  for (const { subtype } of findAll(tree, "AlterTableCmd")) parts.add(subtype ?? "");
  for (const { contype } of findAll(tree, "Constraint")) parts.add(contype ?? "");
  for (const { removeType } of findAll(tree, "DropStmt")) parts.add(removeType ?? "");
  return parts;
}

// Some eighty rules ask about every statement; nearly all of them are about a few kinds of nodes.
const indexed = remembered(({ files }: Statements): Index => {
  const byPart = new Map<string, Placed[]>();
  const statements = files.flatMap((file) => file.statements.filter(isParsed).map((statement) => ({ file, statement })));
  const all = statements.map((one, place) => ({ ...one, place }));
  const others = all.filter(({ statement }) => statement.dialect !== "postgresql");
  for (const placed of all) {
    if (placed.statement.dialect !== "postgresql") continue;
    for (const part of partsIn(placed.statement.tree)) {
      const held = byPart.get(part);
      if (held) held.push(placed);
      else byPart.set(part, [placed]);
    }
  }
  return { all, byPart, others };
});

function onParts({ byPart, others }: Index, parts: readonly Part[]): readonly Placed[] {
  const lists = [others, ...parts.map((part) => byPart.get(part) ?? NONE)].filter((list) => list.length > 0);
  if (lists.length < 2) return lists[0] ?? NONE;
  return [...new Set(lists.flat())].sort((left, right) => left.place - right.place);
}

/** The parsed statements that a rule is about, in their order. */
export function concerned(statements: Statements, { files, dialects, on }: Concern): readonly Placed[] {
  const index = indexed(statements);
  const candidates = on ? onParts(index, on) : index.all;
  return candidates.filter(({ file, statement }) => (!files || files === file.kind) && (!dialects || dialects.includes(statement.dialect)));
}

/** Every parsed statement, in their order. */
export const parsedOfAll = remembered((statements: Statements): readonly ParsedStatement[] =>
  indexed(statements).all.map(({ statement }) => statement),
);
