import { describe, expect, it } from "vitest";
import type { CallFact, FileFacts, Language } from "../../src/model/source.js";
import { factsOf } from "../../src/sandbox/source-facts.js";

const loopOf = (file: FileFacts, { loop }: CallFact): string => (loop === null ? "" : ` in ${file.loops[loop]?.header}`);

/** `callee in header` of every call, in the order of the text. */
const placed = async (language: Language, text: string): Promise<readonly string[]> => {
  const file = await factsOf(text, language);
  return file.calls.toSorted((one, other) => one.end - other.end).map((call) => `${call.callee}${loopOf(file, call)}`);
};

const call = async (language: Language, text: string, callee: string): Promise<CallFact> => {
  const { calls } = await factsOf(text, language);
  const found = calls.find((one) => one.callee === callee);
  if (!found) throw new Error(`no ${callee} among ${calls.map((one) => one.callee).join(" ")}`);
  return found;
};

describe("a loop", () => {
  const programs: readonly (readonly [Language, string, readonly string[]])[] = [
    [
      "typescript",
      "for (const o of await db.list()) { await db.find(o); function f() { db.one(); } }\n" +
        "for (let i = start(); i < n(); i++) a(i);\nwhile (true) b();\ndo { c(); } while (more());\n" +
        "users.map(async ({ id }) => db.get(id)).filter(keep);\nfor await (const e of s) d(() => e());",
      [
        "db.list",
        "db.find in for (const o of await db.list())",
        "db.one",
        "start",
        "n in for (let i = start(); i < n(); i++)",
        "a in for (let i = start(); i < n(); i++)",
        "b in while (true)",
        "c in do … while (more());",
        "more in do … while (more());",
        "db.get in users.map(async ({ id }) =>",
        "users.map",
        "users.map(…).filter",
        "e in for await (const e of s)",
        "d in for await (const e of s)",
      ],
    ],
    [
      "python",
      "for o in Order.objects.all():\n    o.save()\n    def f():\n        g()\nwhile True:\n    h()\nx = [a(y) for y in b(z) if c(y)]\n",
      [
        "Order.objects.all",
        "o.save in for o in Order.objects.all():",
        "g",
        "h in while True:",
        "a in for y in b(z)",
        "b",
        "c in for y in b(z)",
      ],
    ],
    [
      "go",
      "package a\nfunc f() {\n for _, o := range s.All(ctx) { s.Get(ctx, o); go func() { g() }() }\n for i := h(); i < 3; i++ { j() }\n for { k() }\n for m := range jobsCh { l(m) }\n}\n",
      [
        "s.All",
        "s.Get in for _, o := range s.All(ctx)",
        "g in for _, o := range s.All(ctx)",
        "(…) in for _, o := range s.All(ctx)",
        "h",
        "j in for i := h(); i < 3; i++",
        "k in for",
        "l in for m := range jobsCh",
      ],
    ],
    [
      "java",
      "class A { void f() { for (Order o : repo.findAll()) { repo.save(o); } ids.stream().map(id -> repo.find(id)).toList(); while (a()) { b(); } Runnable r = () -> c(); } }",
      [
        "repo.findAll",
        "repo.save in for (Order o : repo.findAll())",
        "ids.stream",
        "repo.find in ids.stream().map(id ->",
        "ids.stream().map",
        "ids.stream().map(…).toList",
        "a in while (a())",
        "b in while (a())",
        "c",
      ],
    ],
    [
      "ruby",
      "orders.each do |o|\n  o.items.first\n  w = ->(x) { y.z }\nend\nfor a in B.all do c(a) end\nd.e while f.g\nloop { h.i }\nFile.open(j) { |k| k.read }\n",
      [
        "o.items in orders.each do |o|",
        "o.items.first in orders.each do |o|",
        "y.z",
        "orders.each",
        "B.all",
        "c in for a in B.all",
        "d.e in while f.g",
        "f.g in while f.g",
        "h.i in loop {",
        "loop",
        "k.read",
        "File.open",
      ],
    ],
    [
      "c-sharp",
      "class A { async Task F() { foreach (var o in await db.Orders.ToListAsync()) { await db.SaveAsync(o); } ids.Select(id => db.Find(id)).ToList(); void G() { H(); } } }",
      [
        "db.Orders.ToListAsync",
        "db.SaveAsync in foreach (var o in await db.Orders.ToListAsync())",
        "db.Find in ids.Select(id =>",
        "ids.Select",
        "ids.Select(…).ToList",
        "H",
      ],
    ],
    [
      "php",
      "<?php foreach (DB::table('o')->get() as $o) { $o->save(); }\narray_map(fn($id) => $repo->find($id), $ids);\n$a->each(function ($x) { $x->y(); });",
      [
        "DB::table",
        "DB::table(…)->get",
        "$o->save in foreach (DB::table('o')->get() as $o)",
        "$repo->find in array_map(fn($id) =>",
        "array_map",
        "$x->y in $a->each(function ($x)",
        "$a->each",
      ],
    ],
  ];

  it.each(programs)("runs what stands in it, but not what it goes through (%s)", async (language, text, expected) => {
    expect(await placed(language, text)).toEqual(expected);
  });

  it("says what it goes through, and with which variables", async () => {
    const { loops } = await factsOf("for (const [k, { v }] of ['a', 'b']) x();\nfor (;;) {}\nfor (const y of this.z.w) {}", "typescript");
    expect(loops).toMatchObject([
      { kind: "for-each", iterable: "['a', 'b']", iterableKind: "array", variables: ["k", "v"] },
      { kind: "endless", iterable: "" },
      { kind: "for-each", iterable: "this.z.w", iterableKind: "member", variables: ["y"] },
    ]);
    const go = await factsOf("package a\nfunc f() { for x < 3 {}\nfor range 3 {}\nfor m := range s.msgChan {} }", "go");
    expect(go.loops.map(({ kind }) => kind)).toEqual(["while", "for-each", "channel"]);
  });
});

describe("a call", () => {
  it("is told with its chain, from its beginning", async () => {
    const found = await call("typescript", "await this.db.table('a').where(b).first()", "this.db.table(…).where(…).first");
    expect(found).toMatchObject({
      receiver: ["this", "db", "table", "where"],
      chain: ["table", "where", "first"],
      method: "first",
      root: "name",
      awaited: true,
      outermost: true,
    });
    expect(await call("typescript", "f(a)(b)", "f(…)")).toMatchObject({ root: "call", method: "", receiver: ["f"] });
    expect(await call("python", "Item.objects.filter(a=b).first().name", "Item.objects.filter(…).first")).toMatchObject({
      outermost: true,
    });
  });

  it("tells its arguments by keyword, kind and keys", async () => {
    const { arguments: given } = await call("python", "f(x, 'y', timeout=3, *z, **{'a': 1})", "f");
    expect(given.map(({ keyword, kind }) => [keyword, kind])).toEqual([
      [null, "identifier"],
      [null, "string"],
      ["timeout", "number"],
      [null, "spread"],
      [null, "spread"],
    ]);
    const options = await call("typescript", "fetch(u, { signal, ...rest, method: 'POST' })", "fetch");
    expect(options.arguments[1]).toMatchObject({ kind: "object", keys: ["signal", "...", "method"] });
    const client = await call("go", "package a\nvar c = &http.Client{Timeout: 3 * time.Second}", "http.Client");
    expect(client).toMatchObject({ constructs: true, arguments: [{ keyword: "Timeout", text: "3 * time.Second" }] });
    const sharp = await call("c-sharp", "class A { void F() { var c = new HttpClient { Timeout = t }; G(a, b: 1); } }", "HttpClient");
    expect(sharp).toMatchObject({ constructs: true, arguments: [{ keyword: "Timeout" }] });
  });

  const uses: readonly (readonly [Language, string, string, object])[] = [
    ["typescript", "const { rows } = await q();", "q", { how: "assigned", names: ["rows"] }],
    ["typescript", "this.c = (await q()) as any;", "q", { how: "field", names: ["this.c"] }],
    ["typescript", "const f = () => q();", "q", { how: "returned" }],
    ["typescript", "using f = q();", "q", { how: "scope", names: ["f"] }],
    ["typescript", "const a = { b: q() };", "q", { how: "nested" }],
    ["python", "with open(a) as f, gzip.open(b) as g:\n  pass", "gzip.open", { how: "scope", names: ["g"] }],
    ["python", "def f():\n  yield q()", "q", { how: "yielded" }],
    ["python", "@app.get('/x')\ndef f(): pass", "app.get", { how: "decorator" }],
    ["go", "package a\nfunc f() { resp, err := http.Get(u) }", "http.Get", { how: "assigned", names: ["resp", "err"] }],
    ["go", "package a\nfunc f() { defer resp.Body.Close() }", "resp.Body.Close", { how: "deferred" }],
    ["java", "class A { void f() { try (Reader r = new FileReader(p)) { } } }", "FileReader", { how: "scope", names: ["r"] }],
    ["java", "class A { R f() { return new BufferedReader(new FileReader(p)); } }", "FileReader", { how: "argument" }],
    ["ruby", "def f\n  return A.b, 1\nend", "A.b", { how: "returned" }],
    ["c-sharp", "class A { void F() { using var r = new StreamReader(p); } }", "StreamReader", { how: "scope", names: ["r"] }],
    ["php", "<?php [$a, $b] = q();", "q", { how: "assigned", names: ["a", "b"] }],
  ];

  it.each(uses)("tells what becomes of its value (%s: %s)", async (language, text, callee, expected) => {
    expect((await call(language, text, callee)).use).toMatchObject(expected);
  });
});

describe("a file", () => {
  it("names its functions with what is around them", async () => {
    const { functions } = await factsOf("class A { async f(x, { y }) { g(() => 1); } }\nconst h = function () {};", "typescript");
    expect(functions).toMatchObject([
      { path: "A.f", name: "f", parameters: ["x", "y"], async: true, callback: false, function: null },
      { path: "A.f", name: null, callback: true, function: 0 },
      { path: "h", name: "h" },
    ]);
    const go = await factsOf("package a\nfunc (s *Store[T]) Find(ctx context.Context, a, b int) {}", "go");
    expect(go.functions).toMatchObject([{ path: "Store.Find", parameters: ["ctx", "a", "b"] }]);
  });

  it("tells where variables go, beside into calls", async () => {
    const { flows } = await factsOf("function f() { use(a); this.b = c; return { d, e: [g] }; }", "typescript");
    expect(flows.map(({ name, how }) => `${name} ${how}`)).toEqual(["c stored", "d returned", "g returned"]);
  });

  it("tells what local names stand for", async () => {
    const names = async (language: Language, text: string) =>
      (await factsOf(text, language)).imports.map(({ local, module }) => `${local} ${module}`);
    expect(await names("typescript", "import a, { b as c } from 'm'; import * as n from 'o'; const r = require('q');")).toEqual([
      ...["a m", "c m", "n o", "r q"],
    ]);
    expect(await names("python", "import a.b\nfrom c import d as e")).toEqual(["a a.b", "e c"]);
    expect(await names("go", 'package a\nimport ("net/http"; x "y/z"; "github.com/jackc/pgx/v5")')).toEqual([
      ...["http net/http", "x y/z", "pgx github.com/jackc/pgx/v5"],
    ]);
    expect(await names("java", "import a.b.C;")).toEqual(["C a.b.C"]);
    expect(await names("php", "<?php use A\\B as C;")).toEqual(["C A\\B"]);
  });

  it("tells what was not understood, and which comments silence a rule", async () => {
    const file = await factsOf("// redline-ignore queries/db-call-in-loop: two rows\nf();\nlet = = 3", "typescript");
    expect(file.suppressions).toEqual([{ rule: "queries/db-call-in-loop", reason: "two rows", line: 1 }]);
    expect(file.errors.length).toBeGreaterThan(0);
    expect((await factsOf("f();", "typescript")).errors).toEqual([]);
  });

  it("tells a thousand errors and comments apart, and calls the rest of the file unclear", async () => {
    const text = "x = = 1\n# redline-ignore queries/db-call-in-loop: two rows\n".repeat(1200);
    const { errors, suppressions } = await factsOf(text, "python");
    expect([errors.length, errors.at(-1)?.end, suppressions.length]).toEqual([1000, text.length, 1000]);
  });
});
