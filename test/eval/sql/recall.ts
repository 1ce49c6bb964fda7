import type { Statement, Statements } from "../../../src/model/statements.js";
import { findAll, nodes } from "../../../src/sql/postgres-tree.js";
import { includesTable, type Table } from "../../../src/sql/tables.js";
import { table } from "../tables.js";
import { cell, counted, percent } from "./figures.js";
import type { JudgedCorpus } from "./findings.js";
import type { SquawkFinding } from "./squawk.js";

/** squawk's rules about locks and availability, and those of ours that say the same. */
const LOCK_RULES: Readonly<Record<string, readonly string[]>> = {
  "require-concurrent-index-creation": ["index-create-blocking"],
  "require-concurrent-index-deletion": ["index-drop-blocking"],
  "require-concurrent-reindex": ["reindex-blocking"],
  "adding-foreign-key-constraint": ["fk-validate", "fk-multiple"],
  "constraint-missing-not-valid": ["fk-validate", "check-validate", "add-exclusion", "set-not-null-scan", "add-unique-blocking"],
  "adding-not-nullable-field": ["set-not-null-scan", "add-column-required"],
  "adding-required-field": ["add-column-required"],
  "adding-field-with-default": ["add-column-volatile-default", "add-column-auto-increment", "add-column-stored"],
  "adding-serial-primary-key-field": ["add-column-auto-increment", "add-unique-blocking"],
  "changing-column-type": ["alter-type-rewrite"],
  "disallowed-unique-constraint": ["add-unique-blocking"],
  "renaming-column": ["rename-column"],
  "renaming-table": ["rename-table"],
  "ban-drop-column": ["drop-column"],
  "ban-drop-table": ["drop-table"],
  "require-concurrent-partition-detach": ["partition-detach-blocking"],
  "ban-concurrent-index-creation-in-transaction": ["concurrently-in-transaction"],
};

export const isSquawkLockRule = (rule: string): boolean => Object.hasOwn(LOCK_RULES, rule);

/** Why a finding of squawk's is none of ours. */
interface Miss extends SquawkFinding {
  readonly repository: string;
  readonly reason: string;
  readonly deliberate: boolean;
  readonly sql: string;
}

interface Compared {
  readonly repository: string;
  readonly files: number;
  readonly squawk: number;
  readonly ours: number;
  readonly lock: number;
  readonly kept: number;
  readonly misses: readonly Miss[];
}

/** Every table that a tree names, at any depth: the table of DDL stands bare in it. */
function tablesIn(tree: unknown): readonly Table[] {
  if (typeof tree !== "object" || tree === null) return [];
  const schema = "schemaname" in tree && typeof tree.schemaname === "string" ? tree.schemaname : null;
  const own = "relname" in tree && typeof tree.relname === "string" ? [{ schema, name: tree.relname }] : [];
  return [...own, ...Object.values(tree).flatMap(tablesIn)];
}

const tablesOf = (statement: Statement): readonly Table[] => (statement.state === "parsed" ? tablesIn(statement.tree) : []);

const isNew = (statement: Statement, { createdTables, files }: Statements): boolean => {
  const created = [...createdTables, ...files.flatMap(({ ownTables }) => ownTables ?? [])];
  return tablesOf(statement).some((one) => includesTable(created, one));
};

/** ADD COLUMN … REFERENCES. */
const addsReference = (statement: Statement): boolean =>
  statement.state === "parsed" &&
  findAll(statement.tree, "ColumnDef").some(({ constraints }) =>
    nodes(constraints, "Constraint").some(({ contype }) => contype === "CONSTR_FOREIGN"),
  );

type Reason = readonly [reason: string, deliberate: boolean];

/** What the statement or its file says about why it was let pass. */
function reasonOf(statement: Statement | undefined, statements: Statements | null, named: readonly string[]): Reason {
  if (!statement || !statements) return ["no statement of ours at that line", false];
  if (statement.state !== "parsed") return ["not parsed", false];
  const others = named.filter((rule) => rule.startsWith("migrations/"));
  if (others.length > 0) return [`named by ${others.join(", ")}`, true];
  if (addsReference(statement)) return ["the column is new and empty: there is no row to check", true];
  if (isNew(statement, statements)) return ["the table is new in the same file", true];
  if (statement.observed && statement.observed.rewritten.length === 0 && statement.observed.scanned.length === 0)
    return ["ran without rewriting or reading a table", true];
  return ["silent", false];
}

function compareCorpus({ corpus, files }: JudgedCorpus, squawk: readonly SquawkFinding[]): Compared {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const locks = squawk.filter(({ rule }) => isSquawkLockRule(rule));
  const misses = locks.flatMap((finding): readonly Miss[] => {
    const file = byPath.get(finding.path);
    const found = file?.each.find(({ statement }) => finding.line >= statement.line && finding.line <= statement.endLine);
    const wanted = (LOCK_RULES[finding.rule] ?? []).map((rule) => `migrations/${rule}`);
    if (found && wanted.some((rule) => found.rules.includes(rule))) return [];
    const [reason, deliberate] = reasonOf(found?.statement, file?.statements ?? null, [...new Set(found?.rules ?? [])]);
    return [{ ...finding, repository: corpus.name, reason, deliberate, sql: found?.statement.sql ?? "" }];
  });
  return {
    repository: corpus.name,
    files: files.length,
    squawk: squawk.length,
    ours: files.flatMap((file) => file.findings).length,
    lock: locks.length,
    kept: locks.length - misses.length,
    misses,
  };
}

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);

function countRows(all: readonly Compared[]): readonly (readonly string[])[] {
  const total: Compared = {
    repository: "**all**",
    files: sum(all.map(({ files }) => files)),
    squawk: sum(all.map(({ squawk }) => squawk)),
    ours: sum(all.map(({ ours }) => ours)),
    lock: sum(all.map(({ lock }) => lock)),
    kept: sum(all.map(({ kept }) => kept)),
    misses: all.flatMap(({ misses }) => misses),
  };
  return [...all, total].map(({ repository, files, squawk, ours, lock, kept, misses }) => {
    const deliberate = misses.filter((miss) => miss.deliberate).length;
    return [
      repository,
      String(files),
      String(squawk),
      String(ours),
      percent(ours / squawk),
      String(lock),
      String(kept),
      String(deliberate),
      String(misses.length - deliberate),
      percent(kept / lock),
    ];
  });
}

const SHOWN = 40;

/** Findings of squawk's about locks, and what became of each of them here. */
export function recall(judged: readonly JudgedCorpus[], squawk: readonly (readonly SquawkFinding[])[]): string {
  const compared = judged.map((one, index) => compareCorpus(one, squawk[index] ?? []));
  const misses = compared.flatMap((one) => one.misses);
  const reasons = counted(misses.map(({ rule, reason, deliberate }) => JSON.stringify([rule, reason, deliberate ? "yes" : "no"])));
  const unexplained = misses.filter(({ deliberate }) => !deliberate);
  const rows = unexplained
    .slice(0, SHOWN)
    .map(({ repository, path, line, rule, reason, sql }) => [repository, cell(`${path}:${line}`), `\`${rule}\``, reason, cell(sql, 90)]);
  const counts = table(
    ["repository", "files", "squawk", "Redline", "of squawk's", "squawk's about locks", "kept", "deliberate", "missed", "recall"],
    countRows(compared),
  );
  const why = table(
    ["squawk's rule", "why Redline is silent", "deliberate", "findings"],
    reasons.map(([key, count]) => [...JSON.parse(key).map(String), String(count)]),
  );
  const list = table(["repository", "place", "squawk's rule", "why", "statement"], rows);
  const more = unexplained.length > SHOWN ? `\n\nAnd ${unexplained.length - SHOWN} more.` : "";
  return [counts, why, ...(unexplained.length > 0 ? [`Missed, one by one:\n\n${list}${more}`] : [])].join("\n\n");
}
