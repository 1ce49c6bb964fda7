import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadSource } from "../../src/evidence/sources.js";
import { plain } from "../../src/model/text.js";
import { createSourceReader } from "../../src/sandbox/source.js";
import type { SourceSql } from "../../src/source/compose.js";
import type { Language } from "../../src/source/language.js";
import { sourceOffset } from "../../src/source/mapped-text.js";

let reader: ReturnType<typeof createSourceReader>;

const refusalOf = (read: ReadSource | undefined): string => (read && "refused" in read ? plain(read.refused) : "not refused");

async function found(language: Language, text: string): Promise<readonly SourceSql[]> {
  const [read] = await reader([{ path: "a", language, text }]);
  if (!read || "refused" in read) throw new Error(refusalOf(read));
  return read.found;
}

const sqlOf = async (language: Language, text: string): Promise<readonly string[]> => (await found(language, text)).map(({ sql }) => sql);

describe("the source reader", () => {
  beforeAll(() => {
    reader = createSourceReader({ fileMs: 60_000 });
  });
  afterAll(() => reader.close());

  const tricky: readonly (readonly [Language, string, readonly string[]])[] = [
    [
      "typescript",
      "const COLUMNS = 'a, b';\nconst one = () => sql<Row>`select ${COLUMNS} from t where a = ${order.id} ${x ? Prisma.sql`and b = ${y}` : Prisma.empty}`;\n" +
        "const two = 'select \\'x\\' as a ' + \"from t where b = '\\u0041'\";",
      ["select a, b from t where a = ${order.id} and b = ${y}", "select 'x' as a from t where b = 'A'"],
    ],
    [
      "tsx",
      "const A = () => <p title='Select one from these'>{db.query(`delete from t where a = ${props.id}`)}</p>;",
      ["delete from t where a = ${props.id}"],
    ],
    ["javascript", "knex.raw(`select a\n  from t` + ' where b = ?', [1])", ["select a\n  from t where b = ?"]],
    [
      "python",
      "def f():\n  '''select a from documentation where b = 1'''\n  cur.execute(f\"select {a!r} from t where b = '{{x}}' \" r'and c = \\d' % x)\n" +
        "  cur.execute('select a from t where b = %(b)s and c = %s')\n",
      ["select ${a} from t where b = '{x}' and c = \\d", "select a from t where b = ${b} and c = ${}"],
    ],
    [
      "go",
      'package a\nconst table = "orders"\nfunc f() {\n  db.Query("select a from "+table+" where b = $1")\n  fmt.Sprintf(`select a from %s where b = %d`, t, b)\n  fmt.Errorf("insert into orders: %w", err)\n}\n',
      ["select a from orders where b = $1", "select a from ${} where b = ${}"],
    ],
    [
      "java",
      'class A { static final String Q = "select a " + "from t where b = \'\\n\'"; String q() { return """\n  select a\n  from u where b = 1"""; } }',
      ["select a from t where b = '\n'", "\n  select a\n  from u where b = 1"],
    ],
    [
      "ruby",
      "def f\n  execute <<~SQL.squish\n    update t set a = #{b}\n  SQL\n  execute 'select a from t where b = \\'x\\\\n\\'' \" and c = 1\"\nend\n",
      ["\n    update t set a = ${b}\n  ", "select a from t where b = 'x\\n' and c = 1"],
    ],
    [
      "rust",
      'fn f() { sqlx::query!(r#"select "a" from t where b = $1"#, b); sql_query("select a \\\n    from u where c = 1".to_string()); /* select a from comments where b = 1 */ }',
      ['select "a" from t where b = $1', "select a from u where c = 1"],
    ],
    [
      "c-sharp",
      'class A { void F() { c.Execute(@"select ""a"" from t where b = @b"); var q = $"select a from t where b = {b} and c = \'{{}}\'"; } }',
      ['select "a" from t where b = @b', "select a from t where b = ${b} and c = '{}'"],
    ],
    [
      "php",
      "<?php\n$a = \"select a from t where b = {$b} \" . 'and c = \\'d\\'';\n$q = <<<SQL\nselect a from t where b = $c\nSQL;\n",
      ["select a from t where b = ${} and c = 'd'", "\nselect a from t where b = ${}"],
    ],
  ];

  it.each(tricky)("reads %s", async (language, text, expected) => expect(await sqlOf(language, text)).toEqual(expected));

  it.each(tricky)("leads back to the place in the file (%s)", async (language, text) => {
    for (const { sql, segments, start, end } of await found(language, text)) {
      for (const { at, source, fixed } of segments) {
        expect(source).toBeGreaterThanOrEqual(start);
        expect(source).toBeLessThan(end);
        if (!fixed) expect(text[sourceOffset(segments, at)]).toBe(sql[at]);
      }
    }
  });

  it("tells the condition of a query from a column's name", async () => {
    const text = "class A { f() { q.where('email = ? and b is null'); q.where('email', 1); q.order('a = b'); } }";
    expect((await found("typescript", text)).map(({ sql, kind, place }) => [sql, kind, place])).toEqual([
      ["email = ? and b is null", "condition", "A.f"],
    ]);
  });

  it("takes what a method makes of a constant for a value that nobody knows", async () => {
    const marks = "marks = ', '.join('?' * len(ids))\n";
    const columns = "columns = 'a, b'.strip()\n";
    const query = "db.execute(f'select {columns} from t where id in ({marks})')\n";
    expect(await sqlOf("python", marks + columns + query)).toEqual(["select a, b from t where id in (${marks})"]);
  });

  it("names what is only a piece of a statement", async () => {
    const text = "let q = 'select a from t';\nif (x) q += ' where b = 1';\nparts.push('select c from d');\nconst r = 'select a from u';";
    expect((await found("javascript", text)).map(({ sql, open }) => [sql, open])).toEqual([
      ["select a from t", "extended"],
      ["select c from d", "built"],
      ["select a from u", null],
    ]);
  });

  it("knows the way back of a migration, and queries over classes", async () => {
    const python = "def upgrade():\n  op.execute('drop table orders')\ndef downgrade():\n  op.execute('create table orders (a int)')\n";
    expect((await found("python", python)).map(({ wayBack }) => wayBack)).toEqual([false, true]);
    const java =
      'class A { @Query("select u from User u where u.a = :a") void f(); @Query(value = "select u from users u where u.a = 1", nativeQuery = true) void g(); }';
    expect((await found("java", java)).map(({ open }) => open)).toEqual(["jpql", null]);
  });

  it("takes what is said to people for no SQL", async () => {
    const text =
      "throw new Error('DELETE FROM t failed');\nlogger.info('update t set a = 1 done');\nconst label = 'Select a plan from the list';";
    expect(await sqlOf("typescript", text)).toEqual([]);
  });

  it("reads around a byte order mark, CRLF, characters beyond the first plane and broken syntax (D02)", async () => {
    const text = "\uFEFF// 😀 é\r\nconst a = `select '😀'\r\n from t where b = 1`;\r\nfunction ( {{{\r\n";
    const [sql] = await found("typescript", text);
    expect(sql?.sql).toBe("select '😀'\r\n from t where b = 1");
    expect(text.slice(sql?.start, (sql?.start ?? 0) + 7)).toBe("`select");
  });

  it.each<[string, Language, string]>([
    ["100,000 nested calls", "javascript", `${"f(".repeat(20_000)}1${")".repeat(20_000)}`],
    ["100,000 unclosed brackets", "go", "[".repeat(19_000)],
    ["100,000 joined strings", "python", `x = ${Array.from({ length: 4000 }, () => "'select a from t where '").join(" +\n")}`],
    [
      "constants that hold each other",
      "javascript",
      Array.from({ length: 40 }, (_, n) => `const c${n + 1} = "select a from t " + c${n} + c${n};`).join("\n"),
    ],
    ["one that holds itself", "javascript", "const a = `select ${a} from t ${a}`;"],
    ["only quotes", "ruby", '"'.repeat(19_000)],
    ["only openings of templates", "typescript", "`${".repeat(6000)],
  ])("survives %s", async (_, language, text) => {
    const [hostile] = await reader([{ path: "a", language, text }]);
    expect(hostile).toBeDefined();
    expect(await sqlOf("go", 'package a\nvar q = "select a from t where b = 1"')).toEqual(["select a from t where b = 1"]);
  });

  it.each<[string, string, string]>([
    ["more than 512 KB", "x\n".repeat(270_000), "it is larger than 512 KB"],
    [
      "a line of a machine",
      `const a = "${"x".repeat(21_000)}";`,
      "a line of it is longer than 20,000 characters: it was made by a machine",
    ],
    ["NUL characters", "a\0b", "it holds NUL characters, so it is not text in UTF-8"],
    ["too many literals", "a('b')\n".repeat(20_001), "it holds more than 20000 literals"],
  ])("refuses %s", async (_, text, reason) => {
    const [read] = await reader([{ path: "a", language: "javascript", text }]);
    expect(refusalOf(read)).toBe(reason);
  });

  it("gives up on a file in time and reads the next", async () => {
    const hasty = createSourceReader({ fileMs: 1 });
    const [read] = await hasty([{ path: "a", language: "go", text: "package a" }]);
    hasty.close();
    expect(refusalOf(read)).toMatch(/took longer than|takes too long/);
  });

  it("refuses what comes after the time for all of them", async () => {
    const late = createSourceReader({ callMs: 0 });
    const [read] = await late([{ path: "a", language: "go", text: "package a" }]);
    late.close();
    expect(refusalOf(read)).toBe("the time for all source code of a pull request, 0 s, was used up");
  });
});
