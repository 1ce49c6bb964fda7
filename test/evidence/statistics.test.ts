import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../src/config/parse.js";
import { collectStatistics, type KnownStatistics, knownRows } from "../../src/evidence/statistics.js";
import { plain } from "../../src/model/text.js";
import { rowsOf } from "../../src/sql/tables.js";
import { sharedParser } from "../sandbox/shared-parser.js";

const PATH = ".github/redline-statistics.sql";
const TODAY = "2026-11-25";

function configured(yaml: string) {
  const parsed = parseConfiguration(yaml, "redline.yml");
  if (!("config" in parsed)) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

const collect = (sql: string | null, yaml = ""): Promise<KnownStatistics> =>
  collectStatistics({ path: PATH, text: sql }, sharedParser, configured(yaml), TODAY);

const refusalOf = async (sql: string): Promise<string> => {
  const { problems, statistics } = await collect(sql);
  expect(statistics.relations).toEqual([]);
  return problems.map(({ line, message }) => `${line}: ${plain(message)}`).join();
};

const relation = (name: string, rows: number | string, pages = 100): string =>
  `SELECT pg_catalog.pg_restore_relation_stats('schemaname', 'public', 'relname', '${name}', 'relpages', ${pages}::integer, 'reltuples', '${rows}'::real, 'relallvisible', 7::integer);`;

const OURS = `-- redline-statistics v1 server=15.18 date=2026-11-01 values=yes
SET random_page_cost = '1.1';
SET work_mem = '4096kB';
${relation("orders", 20_000)}
SELECT pg_catalog.pg_restore_attribute_stats('schemaname','public','relname','orders','attname','st;atus','inherited','false'::boolean,'null_frac','0.5'::real,'avg_width','8'::integer,'n_distinct','-0.25'::real,'correlation','-1'::real,'most_common_vals',E'{"a\\\\\\\\b","it''s"}'::text,'most_common_freqs','{0.2,0.1}'::real[],'histogram_bounds','{c,d}'::text);
`;

// As PostgreSQL 18's pg_dump --statistics-only writes it.
const PG_DUMP = `--
-- PostgreSQL database dump
--

\\restrict OAubpvAxxekVROwIqs

-- Dumped from database version 18.3 (Debian 18.3-1.pgdg12+1)
-- Dumped by pg_dump version 18.3 (Debian 18.3-1.pgdg12+1)

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET xmloption = content;
SET row_security = off;

--
-- Statistics for Name: album; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180003'::integer,
	'schemaname', 'public',
	'relname', 'album',
	'relpages', '3'::integer,
	'reltuples', '23'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180003'::integer,
	'schemaname', 'public',
	'relname', 'album_lower_idx',
	'attnum', '1'::smallint,
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,4,7}'::text,
	'correlation', '0.9130435'::real,
	'most_common_elems', '{x}'::text,
	'most_common_elem_freqs', '{0.5,0.5,0.5}'::real[]
);

SELECT * FROM pg_catalog.pg_restore_relation_stats('version', '180003'::integer, 'schemaname', 'public', 'relname', 'empty', 'relpages', '0'::integer, 'reltuples', '-1'::real);

\\unrestrict OAubpvAxxekVROwIqs
`;

describe("a statistics file", () => {
  it("is read as an export writes it, with its date and its server", async () => {
    const { statistics, source, problems } = await collect(OURS);
    expect(problems).toEqual([]);
    expect(plain(source)).toBe(`${PATH} of 2026-11-01 from PostgreSQL 15.18`);
    expect(statistics.settings).toEqual({ random_page_cost: "1.1", work_mem: "4096kB" });
    expect(statistics.relations).toEqual([{ schema: "public", name: "orders", rows: 20_000, pages: 100, allVisible: 7 }]);
    expect(statistics.columns).toEqual([
      {
        schema: "public",
        name: "orders",
        column: "st;atus",
        inherited: false,
        nullFraction: 0.5,
        averageWidth: 8,
        distinct: -0.25,
        correlation: -1,
        mostCommon: { values: `{"a\\\\b","it's"}`, frequencies: "{0.2,0.1}" },
        histogram: "{c,d}",
      },
    ]);
  });

  it("may be what pg_dump --statistics-only writes", async () => {
    const { statistics, source, problems } = await collect(PG_DUMP);
    expect(problems).toEqual([]);
    expect(plain(source)).toBe(`${PATH} from PostgreSQL 18.3, without a date`);
    expect(statistics.relations.map(({ name, rows }) => [name, rows])).toEqual([["album", 23]]);
    expect(statistics.columns).toEqual([
      expect.objectContaining({ name: "album_lower_idx", column: "", place: 1, mostCommon: null, histogram: "{1,4,7}" }),
    ]);
    expect(statistics.settings).toEqual({});
  });

  it("takes plain numbers too, signs before casts among them", async () => {
    const { statistics } = await collect(
      "SELECT pg_catalog.pg_restore_attribute_stats('schemaname','s','relname','t','attname','a','inherited',false::boolean,'n_distinct',-0.5::real,'null_frac',1e-05::real)",
    );
    expect(statistics.columns).toMatchObject([{ schema: "s", distinct: -0.5, nullFraction: 0.000_01, correlation: null }]);
  });

  it.each([
    ["a query", "SELECT 1", "it is neither a call of"],
    ["a change of data", "DELETE FROM orders", "it is neither a call of"],
    ["another function", "SELECT pg_catalog.pg_sleep(1)", "it is neither a call of"],
    ["one of the same name elsewhere", "SELECT evil.pg_restore_relation_stats('relname', 'a')", "it is neither a call of"],
    ["an argument that is computed", "SELECT pg_catalog.pg_restore_relation_stats('relname', (SELECT 'a'))", "it is neither a call of"],
    ["a call with more around it", `${relation("a", 1).slice(0, -1)} WHERE pg_sleep(1) IS NULL`, "it is neither a call of"],
    ["a call inside a CTE", `WITH x AS (DELETE FROM t) ${relation("a", 1)}`, "it is neither a call of"],
    ["a name without a value", "SELECT pg_catalog.pg_restore_relation_stats('relname')", "it is neither a call of"],
    [
      "negative pages",
      relation("a", 1, -4),
      "the argument relpages of pg_catalog.pg_restore_relation_stats is missing or out of its range",
    ],
    ["too many rows", relation("a", "1e14"), "the argument reltuples of"],
    ["not a number", relation("a", "NaN"), "the argument reltuples of"],
    ["another setting", "SET geqo = off", "geqo = off is no setting of the planner"],
    ["a setting with another value", "SET work_mem = 'a lot'", "work_mem = a lot is no setting"],
    ["COPY", "COPY t FROM PROGRAM 'id'", "it is neither a call of"],
    ["what does not parse", "SELEC 1", "the statement does not parse"],
  ])("is left out as a whole because of %s, with the line", async (_, sql, why) => {
    const refused = await refusalOf(`-- a comment\nSET jit = 'on';\n\n${sql};\n${relation("orders", 5)}\n`);
    expect(refused).toMatch(/^4: the statistics file is left out: /);
    expect(refused).toContain(why);
  });

  it("is left out when it is larger than 512 KB, and when it could not be read", async () => {
    expect(await refusalOf(`-- ${"x".repeat(524_288)}`)).toContain("larger than 512 KB");
    const { problems, source } = await collectStatistics(
      { path: PATH, text: null, unreadable: "binary" },
      sharedParser,
      configured(""),
      TODAY,
    );
    expect(problems.map(({ message }) => plain(message))).toEqual(["the statistics file could not be read: binary"]);
    expect(plain(source)).toBe(`${PATH} could not be read: tables whose size is not known are taken for 10,000,000 rows`);
  });

  it("of thousands of statements is read in parts, and a fault is found in any of them", async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => relation(`t${index}`, index)).join("\n");
    expect((await collect(many)).statistics.relations).toHaveLength(2_500);
    expect(await refusalOf(`${many}\nDROP TABLE t1;`)).toMatch(/^2501: /);
  });

  it("caps a limit for joins that would keep the planner busy", async () => {
    expect((await collect("SET join_collapse_limit = '500';")).statistics.settings).toEqual({ join_collapse_limit: "20" });
  });

  it.each([
    ["2026-08-27", []],
    ["2026-08-26", ["the planner statistics are 91 days old: plans are made with the sizes of 2026-08-26"]],
  ])("of %s is old after 90 days", async (date, said) => {
    const { problems } = await collect(`-- redline-statistics v1 server=18.6 date=${date} values=no\n${relation("orders", 5)}`);
    expect(problems.map(({ message }) => plain(message))).toEqual(said);
  });
});

describe("configured sizes", () => {
  it("win over the exported ones, and pages grow with them", async () => {
    const yaml = "database: { assumed_rows: 500, tables: { orders: { rows: 200000 }, sales.items: { rows: 1000 } } }";
    const { statistics } = await collect(OURS, yaml);
    expect(statistics.assumedRows).toBe(500);
    expect(statistics.relations).toEqual([
      { schema: "public", name: "orders", rows: 200_000, pages: 1_000, allVisible: 7 },
      { schema: "sales", name: "items", rows: 1_000, pages: 20, allVisible: 0 },
    ]);
    const rows = knownRows(statistics, configured(yaml).database.tables);
    expect(rowsOf(rows, { schema: "public", name: "orders" })).toBe(200_000);
    expect(rowsOf(rows, { schema: null, name: "items" })).toBe(1_000);
  });

  it("and the assumption are all there is without a file", async () => {
    const { statistics, source } = await collect(null, "database: { tables: { orders: { rows: 100 } } }");
    expect(statistics).toMatchObject({
      assumedRows: 10_000_000,
      columns: [],
      relations: [{ schema: "public", name: "orders", rows: 100, pages: 2 }],
    });
    expect(plain(source)).toBe(`there is no ${PATH}: tables whose size is not known are taken for 10,000,000 rows`);
  });
});
