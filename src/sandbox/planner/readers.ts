import type { Reader, RelationName } from "../../model/catalogue.js";
import type { Engine } from "./engine.js";

const isUser = (namespace: string): string => `${namespace}.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/** What a view's rule depends on. A materialized view is a table to the planner, and reads nothing. */
const VIEWS = `
SELECT DISTINCT n.nspname AS schema, v.relname AS name, m.nspname AS "readSchema", coalesce(r.relname, p.proname) AS "readName"
FROM pg_rewrite w JOIN pg_class v ON v.oid = w.ev_class JOIN pg_namespace n ON n.oid = v.relnamespace
JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
LEFT JOIN pg_class r ON d.refclassid = 'pg_class'::regclass AND r.oid = d.refobjid
LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
JOIN pg_namespace m ON m.oid = coalesce(r.relnamespace, p.pronamespace)
WHERE v.relkind = 'v' AND v.oid IS DISTINCT FROM r.oid AND ${isUser("n")} AND ${isUser("m")}`;

/** Only the text of functions in SQL becomes part of a plan; what other languages run is planned when it runs. */
const FUNCTIONS = `
SELECT n.nspname AS schema, p.proname AS name, left(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), 100000) AS body
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE l.lanname = 'sql' AND ${isUser("n")}
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY n.nspname, p.proname LIMIT 2000`;

const RELATIONS = `
SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'f') AND ${isUser("n")}`;

type Row = Readonly<Record<string, unknown>>;

const nameOf = (row: Row): RelationName => ({ schema: String(row.schema), name: String(row.name) });

/** Every word of a body that may be a name; comments and strings among them, which can only add a reader. */
function words(body: string): ReadonlySet<string> {
  const found = body.match(/"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
  return new Set(found.map((word) => (word.startsWith('"') ? word.slice(1, -1) : word.toLowerCase())));
}

function viewsOf(rows: readonly Row[]): readonly Reader[] {
  const views = new Map<string, Reader & { readonly reads: RelationName[] }>();
  for (const row of rows) {
    const name = nameOf(row);
    const key = JSON.stringify(name);
    const view = views.get(key) ?? { ...name, kind: "view", reads: [] };
    view.reads.push({ schema: String(row.readSchema), name: String(row.readName) });
    views.set(key, view);
  }
  return [...views.values()];
}

/** Views and functions in SQL with what they read: a view by its dependencies, a function by the names in its text. */
export async function readersIn(engine: Engine): Promise<readonly Reader[]> {
  const functions = await engine.run(FUNCTIONS);
  const nameable = [...(await engine.run(RELATIONS)), ...functions].map(nameOf);
  const reading = functions.map((row): Reader => {
    const named = words(String(row.body));
    return { ...nameOf(row), kind: "function", reads: nameable.filter(({ name }) => name !== row.name && named.has(name)) };
  });
  return [...viewsOf(await engine.run(VIEWS)), ...reading].filter(({ reads }) => reads.length > 0);
}
