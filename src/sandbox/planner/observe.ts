import { lockModes, type Observation, type RelationKind, type RelationName } from "../../model/catalogue.js";
import { forget, runAlone, withRemedies } from "./apply.js";
import { type Engine, QueryError } from "./engine.js";
import { type FileStatement, isSetLocal, isTransaction, runnable, type SchemaText } from "./file.js";
import { kindOf } from "./permitted.js";

interface Known extends RelationName {
  readonly kind: RelationKind | "index" | null;
  /** 0 for relations without a file, such as partitioned tables. */
  readonly file: number;
}

const RELATION = `c.oid::int, n.nspname AS schema, c.relname AS name, coalesce(pg_relation_filenode(c.oid), 0)::int AS file,
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
    WHEN 'f' THEN 'foreign table' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' END AS kind`;

const USER_RELATIONS = `SELECT ${RELATION} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

const LOCKED = `SELECT l.relation::int AS locked, array_agg(DISTINCT l.mode) AS modes, min(n.nspname) AS namespace,
    coalesce(pg_stat_get_xact_numscans(l.relation), 0)::int AS scans, min(pg_relation_filenode(c.oid))::int AS file
  FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.locktype = 'relation' AND l.pid = pg_backend_pid() GROUP BY l.relation`;

// Counters of earlier transactions stay until the engine finds the time to add them up.
const SCANS = `SELECT relid::int AS oid, seq_scan::int AS scans FROM pg_stat_xact_user_tables WHERE seq_scan > 0`;

type Row = Readonly<Record<string, unknown>>;

const MODES: ReadonlyMap<string, number> = new Map(
  ["AccessShare", "RowShare", "RowExclusive", "ShareUpdateExclusive", "Share", "ShareRowExclusive", "Exclusive", "AccessExclusive"].map(
    (name, strength) => [`${name}Lock`, strength],
  ),
);

const KINDS: ReadonlySet<unknown> = new Set(["table", "partitioned", "view", "materialized view", "foreign table", "index"]);
const isKind = (kind: unknown): kind is RelationKind | "index" => KINDS.has(kind);

const known = (row: Row): Known => ({
  schema: String(row.schema),
  name: String(row.name),
  kind: isKind(row.kind) ? row.kind : null,
  file: Number(row.file),
});

const strongest = (modes: unknown): number =>
  Array.isArray(modes) ? Math.max(-1, ...modes.map((mode: unknown) => MODES.get(String(mode)) ?? -1)) : -1;

const nameOf = ({ schema, name }: Known): RelationName => ({ schema, name });

const byOid = (rows: readonly Row[], column: string, value: string): ReadonlyMap<number, number> =>
  new Map(rows.map((row) => [Number(row[column]), Number(row[value])]));

/** What the transaction did to relations that stood before it. */
async function observation(engine: Engine, before: ReadonlyMap<number, Known>, scans: ReadonlyMap<number, number>): Promise<Observation> {
  const rows = await engine.run(LOCKED);
  const touched = rows.flatMap((row) => {
    const relation = before.get(Number(row.locked));
    return relation ? [{ row, relation, oid: Number(row.locked) }] : [];
  });
  return {
    locks: touched.flatMap(({ row, relation }) => {
      const mode = lockModes[strongest(row.modes)];
      return mode && relation.kind ? [{ relation: nameOf(relation), kind: relation.kind, mode }] : [];
    }),
    rewritten: touched
      .filter(
        ({ row, relation }) => relation.kind !== null && row.file !== null && relation.file !== 0 && Number(row.file) !== relation.file,
      )
      .map(({ relation }) => nameOf(relation)),
    scanned: touched.filter(({ row, oid }) => Number(row.scans) > (scans.get(oid) ?? 0)).map(({ relation }) => nameOf(relation)),
  };
}

/** A statement's outcome: what it did, null where that could not be observed, or why it did not run. */
export type Step = { readonly observation: Observation | null } | { readonly failed: string };

/** Runs the statements of one file one by one, each in a transaction of its own. */
export class ObservedFile {
  private readonly engine: Engine;
  private readonly text: SchemaText;
  private readonly settings: string[] = [];

  constructor(engine: Engine, text: SchemaText) {
    this.engine = engine;
    this.text = text;
  }

  async step(index: number): Promise<Step> {
    const statement = this.text.statements[index];
    if (!statement) throw new RangeError(`the file has no statement ${index}`);
    const step = await this.run(statement);
    if (index === this.text.statements.length - 1) await forget(this.engine);
    return step;
  }

  private async run(statement: FileStatement): Promise<Step> {
    if (statement.refused !== null) return { failed: statement.refused };
    if (isTransaction(statement.tree)) return { observation: null };
    if (isSetLocal(statement.tree)) this.settings.push(statement.sql);
    try {
      return { observation: await withRemedies(this.engine, () => this.inTransaction(statement)) };
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      await this.engine.run("ROLLBACK");
      return error.code === "25001" ? await this.outside(statement) : { failed: error.message };
    }
  }

  private async inTransaction(statement: FileStatement): Promise<Observation> {
    const before = new Map((await this.engine.run(USER_RELATIONS)).map((row) => [Number(row.oid), known(row)]));
    await this.engine.run(["BEGIN", ...this.settings].join(";\n"));
    const scans = byOid(await this.engine.run(SCANS), "oid", "scans");
    await this.engine.run(runnable(statement.sql));
    const seen = await observation(this.engine, before, scans);
    await this.engine.run("COMMIT");
    // The new file of a truncated table is empty, and so are its indexes: no row was read or written.
    return kindOf(statement.tree) === "TruncateStmt" ? { ...seen, rewritten: [], scanned: [] } : seen;
  }

  private async outside(statement: FileStatement): Promise<Step> {
    try {
      await runAlone(this.engine, statement);
      return { observation: null };
    } catch (error) {
      if (error instanceof QueryError) return { failed: error.message };
      throw error;
    }
  }
}
