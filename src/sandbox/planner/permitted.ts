import { findAll, names, node } from "../../sql/postgres-tree.js";

/** Kinds of statements, by libpg-query's names, that a migration may run. What is not here is refused. */
const MIGRATION: ReadonlySet<string> = new Set([
  ...[
    "CreateStmt",
    "AlterTableStmt",
    "IndexStmt",
    "DropStmt",
    "ViewStmt",
    "CreateTableAsStmt",
    "RefreshMatViewStmt",
    "CreateForeignTableStmt",
  ],
  ...["CreateEnumStmt", "AlterEnumStmt", "CompositeTypeStmt", "CreateRangeStmt", "AlterTypeStmt", "CreateDomainStmt", "AlterDomainStmt"],
  ...["CreateSeqStmt", "AlterSeqStmt", "CreateSchemaStmt", "CreateExtensionStmt", "AlterExtensionStmt", "AlterExtensionContentsStmt"],
  ...[
    "CreateFunctionStmt",
    "AlterFunctionStmt",
    "CreateTrigStmt",
    "CreateEventTrigStmt",
    "AlterEventTrigStmt",
    "RuleStmt",
    "CreatePLangStmt",
  ],
  ...["CreatePolicyStmt", "AlterPolicyStmt", "GrantStmt", "GrantRoleStmt", "CreateRoleStmt", "AlterRoleStmt", "AlterRoleSetStmt"],
  ...["DropRoleStmt", "AlterDefaultPrivilegesStmt", "AlterOwnerStmt", "ReassignOwnedStmt", "DropOwnedStmt", "SecLabelStmt"],
  ...["AlterObjectSchemaStmt", "AlterObjectDependsStmt", "RenameStmt", "CommentStmt", "DefineStmt", "CreateCastStmt", "CreateOpClassStmt"],
  ...["CreateOpFamilyStmt", "AlterOpFamilyStmt", "AlterOperatorStmt", "CreateConversionStmt", "CreateStatsStmt", "AlterStatsStmt"],
  ...["AlterCollationStmt", "AlterTSConfigurationStmt", "AlterTSDictionaryStmt", "CreatePublicationStmt", "AlterPublicationStmt"],
  ...["CreateFdwStmt", "CreateForeignServerStmt", "CreateUserMappingStmt", "CreateTransformStmt"],
  ...["InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "SelectStmt", "DoStmt", "CallStmt", "TruncateStmt", "LockStmt"],
  ...[
    "VariableSetStmt",
    "VariableShowStmt",
    "TransactionStmt",
    "ConstraintsSetStmt",
    "DiscardStmt",
    "NotifyStmt",
    "ListenStmt",
    "UnlistenStmt",
  ],
  ...[
    "ReindexStmt",
    "ClusterStmt",
    "VacuumStmt",
    "PrepareStmt",
    "ExecuteStmt",
    "DeallocateStmt",
    "DeclareCursorStmt",
    "FetchStmt",
    "ClosePortalStmt",
  ],
]);

const QUERY: ReadonlySet<string> = new Set(["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"]);

/** Switches with which a statement could make the planner search for ever, or take all memory. */
const SWITCHES: ReadonlySet<string> = new Set(["join_collapse_limit", "from_collapse_limit", "geqo", "work_mem"]);

const NAMES: Readonly<Record<string, string>> = {
  CopyStmt: "COPY",
  LoadStmt: "LOAD",
  AlterSystemStmt: "ALTER SYSTEM",
  CreatedbStmt: "CREATE DATABASE",
  CreateTableSpaceStmt: "CREATE TABLESPACE",
  ExplainStmt: "EXPLAIN",
};

/** The one key of a statement's tree. */
export function kindOf(tree: unknown): string {
  return typeof tree === "object" && tree !== null ? (Object.keys(tree)[0] ?? "") : "";
}

/** The extension that a statement makes or is about, else null. */
function extensionOf(tree: unknown, kind: string): string | null {
  const inner: unknown = typeof tree === "object" && tree !== null ? Reflect.get(tree, kind) : null;
  if (typeof inner !== "object" || inner === null) return null;
  if ("extname" in inner) return String(inner.extname);
  if (!("objtype" in inner) || inner.objtype !== "OBJECT_EXTENSION" || !("object" in inner)) return null;
  return names([inner.object])[0] ?? null;
}

/** Why a migration's statement is not run, else null. */
export function refusal(tree: unknown, available: ReadonlySet<string>): string | null {
  const kind = kindOf(tree);
  if (!MIGRATION.has(kind)) return `${NAMES[kind] ?? kind} is not run here`;
  const extension = extensionOf(tree, kind);
  if (extension !== null && !available.has(extension)) return `the extension ${extension} is not available here`;
  const name = node(tree, "VariableSetStmt")?.name?.toLowerCase() ?? "";
  return SWITCHES.has(name) ? `SET ${name} is not run here` : null;
}

/** Why a statement is not planned, else null. */
export function queryRefusal(tree: unknown): string | null {
  const kind = kindOf(tree);
  if (!QUERY.has(kind)) return `${NAMES[kind] ?? kind} has no plan`;
  return findAll(tree, "SelectStmt").some((select) => select.intoClause) ? "SELECT INTO is not planned" : null;
}
