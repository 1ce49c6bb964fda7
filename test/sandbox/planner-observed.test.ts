import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObservedStatement, PlannerSession, SchemaFile } from "../../src/evidence/planner.js";
import { plain } from "../../src/model/text.js";
import { createPlanner } from "../../src/sandbox/planner.js";
import { type FreshCache, freshCache } from "./planner/fresh-cache.js";

const file = (path: string, sql: string): SchemaFile => ({ path, sha: createHash("sha1").update(sql).digest("hex"), sql });

const BASE = [
  file(
    "1.sql",
    `CREATE TABLE parent (id bigint PRIMARY KEY, name text);
     CREATE TABLE child (id bigint PRIMARY KEY, parent_id bigint, a int, v varchar(10), w varchar(10), n numeric(10,2), at timestamp, s text NOT NULL, j json, i cidr, u int);
     CREATE UNIQUE INDEX child_u ON child (u);
     CREATE INDEX child_a ON child (a);
     ALTER TABLE child ADD CONSTRAINT child_v_there CHECK (v IS NOT NULL);
     CREATE TABLE linked (id bigint PRIMARY KEY, parent_id bigint REFERENCES parent (id));
     CREATE TABLE part (id bigint, day date) PARTITION BY RANGE (day);
     CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
     CREATE TABLE part_2 (id bigint, day date);
     CREATE TABLE part_3 (id bigint, day date, CHECK (day IS NOT NULL AND day >= '2026-03-01' AND day < '2026-04-01'));
     CREATE MATERIALIZED VIEW seen AS SELECT id FROM child;
     CREATE DOMAIN word AS text;
     CREATE DOMAIN filled AS text CHECK (VALUE <> '');
     CREATE TABLE held (id bigint PRIMARY KEY, w word);`,
  ),
];

type Expected = {
  readonly locks: Readonly<Record<string, string>>;
  readonly rewritten?: readonly string[];
  readonly scanned?: readonly string[];
};

const AE = "ACCESS EXCLUSIVE";
const SRE = "SHARE ROW EXCLUSIVE";

/** What PostgreSQL 15 and 18 do, by tables; indexes are left out. */
const STATEMENTS: readonly (readonly [sql: string, expected: Expected])[] = [
  ["CREATE INDEX ON child (parent_id)", { locks: { child: "SHARE" }, scanned: ["child"] }],
  ["ALTER TABLE held ADD COLUMN e filled", { locks: { held: AE }, rewritten: ["held"], scanned: ["held"] }],
  ["ALTER TABLE held ADD COLUMN e2 word", { locks: { held: AE } }],
  ["ALTER DOMAIN word ADD CHECK (VALUE <> 'x')", { locks: { held: "SHARE" }, scanned: ["held"] }],
  ["ALTER DOMAIN word ADD CHECK (VALUE <> 'y') NOT VALID", { locks: {} }],
  ["ALTER TABLE held ENABLE ROW LEVEL SECURITY", { locks: { held: AE } }],
  ["ALTER TABLE held SET ACCESS METHOD heap", { locks: { held: AE } }],
  ["DROP INDEX child_a", { locks: { child: AE } }],
  [
    "ALTER TABLE child ADD CONSTRAINT f1 FOREIGN KEY (parent_id) REFERENCES parent (id)",
    { locks: { child: SRE, parent: SRE }, scanned: ["child"] },
  ],
  ["ALTER TABLE child ADD CONSTRAINT f2 FOREIGN KEY (parent_id) REFERENCES parent (id) NOT VALID", { locks: { child: SRE, parent: SRE } }],
  ["ALTER TABLE child VALIDATE CONSTRAINT f2", { locks: { child: "SHARE UPDATE EXCLUSIVE", parent: "ROW SHARE" }, scanned: ["child"] }],
  ["ALTER TABLE child DROP CONSTRAINT f1", { locks: { child: AE, parent: AE } }],
  ["ALTER TABLE child ADD COLUMN p2 bigint REFERENCES parent (id)", { locks: { child: AE, parent: SRE } }],
  ["ALTER TABLE child ADD CONSTRAINT c1 CHECK (a > 0)", { locks: { child: AE }, scanned: ["child"] }],
  ["ALTER TABLE child ADD CONSTRAINT c2 CHECK (a > 1) NOT VALID", { locks: { child: AE } }],
  ["ALTER TABLE child VALIDATE CONSTRAINT c2", { locks: { child: "SHARE UPDATE EXCLUSIVE" }, scanned: ["child"] }],
  ["ALTER TABLE child ALTER a SET NOT NULL", { locks: { child: AE }, scanned: ["child"] }],
  ["ALTER TABLE child ALTER v SET NOT NULL", { locks: { child: AE } }],
  ["ALTER TABLE child ALTER a DROP NOT NULL", { locks: { child: AE } }],
  ["ALTER TABLE child ADD CONSTRAINT u1 UNIQUE (n)", { locks: { child: AE }, scanned: ["child"] }],
  ["ALTER TABLE child ADD CONSTRAINT u2 UNIQUE USING INDEX child_u", { locks: { child: AE } }],
  ["ALTER TABLE child ADD EXCLUDE (a WITH =)", { locks: { child: AE }, scanned: ["child"] }],
  ["ALTER TABLE child ADD COLUMN d1 int NOT NULL DEFAULT 5", { locks: { child: AE } }],
  ["ALTER TABLE child ADD COLUMN d2 timestamptz DEFAULT now()", { locks: { child: AE } }],
  ["ALTER TABLE child ADD COLUMN d3 uuid DEFAULT gen_random_uuid()", { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] }],
  ["ALTER TABLE child ADD COLUMN d4 bigserial", { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] }],
  [
    "ALTER TABLE child ADD COLUMN d5 int GENERATED ALWAYS AS (a + 1) STORED",
    { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] },
  ],
  ["ALTER TABLE child ADD COLUMN d6 int GENERATED ALWAYS AS (a + 1) VIRTUAL", { locks: { child: AE } }],
  ["ALTER TABLE child ALTER w TYPE varchar(20)", { locks: { child: AE } }],
  ["ALTER TABLE child ALTER n TYPE numeric(12,2)", { locks: { child: AE } }],
  ["ALTER TABLE child ALTER i TYPE inet", { locks: { child: AE } }],
  ["ALTER TABLE child ALTER n TYPE numeric(12,4)", { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] }],
  ["ALTER TABLE child ALTER j TYPE jsonb", { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] }],
  ["ALTER TABLE child ALTER s TYPE varchar(5)", { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] }],
  ["ALTER TABLE child RENAME COLUMN s TO s2", { locks: { child: AE } }],
  ["ALTER TABLE child DROP COLUMN s2", { locks: { child: AE } }],
  ["ALTER TABLE child SET UNLOGGED", { locks: { child: AE }, rewritten: ["child"], scanned: ["child"] }],
  [
    "CREATE TRIGGER suppress BEFORE UPDATE ON child FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    { locks: { child: SRE } },
  ],
  ["CREATE STATISTICS ON a, v FROM child", { locks: { child: "SHARE UPDATE EXCLUSIVE" } }],
  ["LOCK TABLE child IN EXCLUSIVE MODE", { locks: { child: "EXCLUSIVE" } }],
  ["UPDATE child SET a = 1", { locks: { child: "ROW EXCLUSIVE" }, scanned: ["child"] }],
  ["TRUNCATE child", { locks: { child: AE } }],
  ["REFRESH MATERIALIZED VIEW seen", { locks: { child: "ACCESS SHARE", seen: AE }, rewritten: ["seen"], scanned: ["child"] }],
  [
    "ALTER TABLE part ATTACH PARTITION part_2 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')",
    { locks: { part: "SHARE UPDATE EXCLUSIVE", part_2: AE }, scanned: ["part_2"] },
  ],
  [
    "ALTER TABLE part ATTACH PARTITION part_3 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')",
    { locks: { part: "SHARE UPDATE EXCLUSIVE", part_3: AE } },
  ],
  ["ALTER TABLE part DETACH PARTITION part_1", { locks: { part: AE, part_1: AE } }],
  ["CREATE TABLE part_4 PARTITION OF part FOR VALUES FROM ('2026-05-01') TO ('2026-06-01')", { locks: { part: AE } }],
  ["DROP TABLE linked", { locks: { linked: AE, parent: AE } }],
  ["CREATE TABLE fresh (id int PRIMARY KEY); CREATE INDEX ON fresh (id)", { locks: {} }],
];

let cache: FreshCache;
let session: PlannerSession;

const open = async (head: readonly SchemaFile[], observed: readonly string[]): Promise<PlannerSession> => {
  const planner = createPlanner({ cacheDir: cache.folder, jobMs: 120_000, statementMs: 60_000 });
  const result = await planner.open({ base: BASE, head, observed });
  if ("refused" in result) throw new Error(plain(result.refused));
  return result;
};

beforeAll(async () => {
  cache = freshCache();
  const one = (sql: string, index: number): SchemaFile => file(`s${index}.sql`, sql);
  const files = STATEMENTS.map(([sql], index) => one(sql, index));
  session = await open(
    [...BASE, ...files],
    files.map(({ path }) => path),
  );
});

afterAll(async () => {
  await session.close();
  cache.remove();
});

const isTable = (name: string): boolean =>
  !/_(?:pkey|key|idx|[au]|excl|1|2|\d*_not_null)$|^[ucf]\d$/.test(name) || name.startsWith("part_");

const seen = ({ observation }: ObservedStatement): Expected | null =>
  observation && {
    locks: Object.fromEntries(observation.locks.filter(({ kind }) => kind !== "index").map(({ relation, mode }) => [relation.name, mode])),
    rewritten: observation.rewritten.map(({ name }) => name).filter(isTable),
    scanned: observation.scanned.map(({ name }) => name).filter(isTable),
  };

describe("a migration statement that is observed", () => {
  it("runs without an error", () => {
    expect(session.notApplied).toEqual([]);
  });

  it.each(STATEMENTS.map(([sql, expected], index) => ({ sql, expected, index })))(
    "takes the locks, rewrites and scans of a server: $sql",
    ({ expected, index }) => {
      const [first] = session.observed.filter(({ path }) => path === `s${index}.sql`);
      expect(first && seen(first)).toEqual({ rewritten: [], scanned: [], ...expected });
    },
  );
});

const HALF_APART = "-- é\nBEGIN;\n  ALTER TABLE child ADD COLUMN x int;\nCOMMIT;\nCREATE INDEX CONCURRENTLY later ON child (x);\n";
const TEMPORARY =
  "CREATE TEMP TABLE ids ON COMMIT DROP AS SELECT 1 AS id;\nCREATE TEMP TABLE more (id int) ON COMMIT DROP;\nINSERT INTO more SELECT * FROM ids;\nCREATE TABLE whole (id int);";

describe("a file of statements that are observed", () => {
  const files = [
    file("apart.sql", HALF_APART),
    file("schema.sql", "CREATE SCHEMA elsewhere"),
    file("local.sql", "SET LOCAL search_path = elsewhere;\nCREATE TABLE here (id int);"),
    file("temporary.sql", TEMPORARY),
    file("failing.sql", "\nALTER TABLE nowhere ADD x int;\nCREATE TABLE kept (id int);"),
  ];
  let other: PlannerSession;
  beforeAll(async () => {
    const observed = files.map(({ path }) => path).filter((path) => path !== "schema.sql");
    other = await open([...BASE, ...files], observed);
  });
  afterAll(() => other.close());

  const observedIn = (path: string): readonly ObservedStatement[] => other.observed.filter((one) => one.path === path);
  const named = (name: string) => other.head.relations.find((relation) => relation.name === name);

  it("stands at its place in the file, and is not observed where it refuses a transaction or is only one", () => {
    expect(
      observedIn("apart.sql").map(({ start, end, observation }) => [HALF_APART.slice(start, end), observation?.locks[0]?.mode ?? null]),
    ).toEqual([
      ["BEGIN", null],
      ["ALTER TABLE child ADD COLUMN x int", AE],
      ["COMMIT", null],
      ["CREATE INDEX CONCURRENTLY later ON child (x)", null],
    ]);
    expect(named("child")?.indexes.map(({ name }) => name)).toContain("later");
  });

  it("keeps SET LOCAL for the statements after it", () => {
    expect(named("here")?.schema).toBe("elsewhere");
    // And for no other file.
    expect(named("whole")?.schema).toBe("public");
  });

  it("runs as a whole, unobserved, where one would do something else alone", () => {
    expect(observedIn("temporary.sql")).toEqual([]);
    expect(named("whole")).toBeDefined();
  });

  it("says where it failed, and lets the next ones run", () => {
    expect(other.notApplied).toEqual([{ path: "failing.sql", message: 'line 2: relation "nowhere" does not exist' }]);
    expect(named("kept")).toBeDefined();
  });
});
