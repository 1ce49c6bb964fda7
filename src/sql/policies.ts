import { findAll, names } from "./postgres-tree.js";
import { type ParsedStatement, postgresTable, type Table } from "./tables.js";

/** A row-level security policy and the calls in it that have nothing to do with the row. */
export interface Policy {
  readonly name: string;
  readonly table: Table;
  /** Functions that are called for every row although no column is given to them: `auth.uid`. */
  readonly repeated: readonly string[];
}

// Cheap, and the same for the whole statement; `pg_catalog` functions stand for SQL's own words.
const CHEAP: ReadonlySet<string> = new Set(["now", "statement_timestamp", "transaction_timestamp", "true", "false"]);

const inSubquery = (expression: unknown, kind: "FuncCall" | "ColumnRef"): ReadonlySet<unknown> =>
  new Set(findAll(expression, "SubLink").flatMap((link) => findAll(link, kind)));

function repeatedCalls(expression: unknown): readonly string[] {
  const wrapped = inSubquery(expression, "FuncCall");
  return findAll(expression, "FuncCall").flatMap((call) => {
    const path = names(call.funcname);
    const isOfRow = findAll(call.args, "ColumnRef").length > 0;
    return wrapped.has(call) || isOfRow || CHEAP.has(path.at(-1) ?? "") ? [] : [path.join(".")];
  });
}

/** The policies that a PostgreSQL statement creates or alters. */
export function policiesOf({ tree, dialect }: ParsedStatement): readonly Policy[] {
  if (dialect !== "postgresql") return [];
  return [...findAll(tree, "CreatePolicyStmt"), ...findAll(tree, "AlterPolicyStmt")].flatMap((policy) => {
    const table = postgresTable(policy.table);
    if (!table) return [];
    const repeated = new Set([...repeatedCalls(policy.qual), ...repeatedCalls(policy.with_check)]);
    return [{ name: policy.policy_name ?? "", table, repeated: [...repeated] }];
  });
}
