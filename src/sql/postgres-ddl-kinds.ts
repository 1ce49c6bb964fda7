import type { Named, RangeVar } from "./postgres-names.js";

interface Policy {
  readonly policy_name?: string;
  readonly table?: RangeVar;
  readonly qual?: unknown;
  readonly with_check?: unknown;
}

/** The nodes of libpg-query that only migrations hold. Every field may be absent, as in all of its trees. */
export interface DdlKinds {
  readonly CreateStmt: {
    readonly relation?: RangeVar;
    readonly if_not_exists?: boolean;
    readonly tableElts?: readonly unknown[];
    readonly inhRelations?: readonly unknown[];
    readonly partbound?: unknown;
  };
  readonly RenameStmt: {
    /** `OBJECT_COLUMN`, `OBJECT_TABLE`, … */
    readonly renameType?: string;
    readonly relationType?: string;
    readonly relation?: RangeVar;
    readonly subname?: string;
    readonly newname?: string;
  };
  readonly PartitionCmd: { readonly name?: RangeVar; readonly bound?: unknown; readonly concurrent?: boolean };
  /** VACUUM, or a plain ANALYZE. */
  readonly VacuumStmt: { readonly options?: readonly unknown[]; readonly rels?: readonly unknown[]; readonly is_vacuumcmd?: boolean };
  readonly VacuumRelation: { readonly relation?: RangeVar };
  readonly DefElem: { readonly defname?: string; readonly arg?: unknown };
  readonly ReindexStmt: {
    /** `REINDEX_OBJECT_TABLE`, `REINDEX_OBJECT_INDEX`, `REINDEX_OBJECT_SCHEMA`, … */
    readonly kind?: string;
    readonly relation?: RangeVar;
    readonly name?: string;
    readonly params?: readonly unknown[];
  };
  readonly ClusterStmt: { readonly relation?: RangeVar };
  readonly RefreshMatViewStmt: { readonly relation?: RangeVar; readonly concurrent?: boolean; readonly skipData?: boolean };
  readonly TruncateStmt: { readonly relations?: readonly unknown[]; readonly behavior?: string };
  /** PostgreSQL's own numbers: 1 is ACCESS SHARE, 8 ACCESS EXCLUSIVE. */
  readonly LockStmt: { readonly relations?: readonly unknown[]; readonly mode?: number };
  readonly CreateTrigStmt: { readonly trigname?: string; readonly relation?: RangeVar; readonly row?: boolean };
  readonly CreatePolicyStmt: Policy;
  readonly AlterPolicyStmt: Policy;
  readonly AlterEnumStmt: { readonly typeName?: readonly Named[]; readonly newVal?: string; readonly oldVal?: string };
  readonly CreateEnumStmt: { readonly typeName?: readonly Named[] };
  readonly TransactionStmt: { readonly kind?: string };
  readonly DoStmt: object;
}
