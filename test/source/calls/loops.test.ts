import { describe, expect, it } from "vitest";
import { gateOf, repeatingLoop } from "../../../src/source/calls/loops.js";
import { factsIn } from "../../rules/source-cases.js";

const scriptLoop = (header: string): string => `async function run() {\n  ${header} {\n    work();\n  }\n}`;
const goLoop = (header: string): string => `package shop\n\nfunc run() {\n\t${header} {\n\t\twork()\n\t}\n}`;
const pythonLoop = (header: string): string => `${header}:\n    work()\n`;
const rubyLoop = (header: string): string => `${header} { |item| work(item) }\n`;
const javaLoop = (header: string): string => `class A { void run() { ${header} { work(); } } }`;

async function gate(path: string, code: string) {
  const [loop] = (await factsIn(path, code)).loops;
  if (!loop) throw new Error(`no loop in ${code}`);
  return gateOf(loop);
}

describe("a loop over what may grow", () => {
  it.each([
    ["src/a.ts", scriptLoop("for (const order of orders)")],
    ["src/a.ts", scriptLoop("for (let i = 0; i < orders.length; i++)")],
    ["src/a.ts", scriptLoop("for (const message of messages)")],
    ["src/a.ts", scriptLoop("for (const id of [...ids, last])")],
    ["src/a.py", pythonLoop("for order in orders")],
    ["src/a.py", pythonLoop("for package in packages.values()")],
    ["src/a.py", pythonLoop("for index in range(len(orders))")],
    ["src/a.go", goLoop("for _, order := range orders")],
    ["src/a.rb", rubyLoop("orders.each")],
    ["src/A.java", javaLoop("for (Order order : orders)")],
    ["src/a.ts", "const ids = []; for (const id of ids) { work(); }"],
    ["src/a.ts", "const ids = [first]; ids.push(second); for (const id of ids) { work(); }"],
    ["src/a.ts", "const ids = [first, second]; function run(ids) { for (const id of ids) { work(); } }"],
    ["src/a.ts", "let ids = [first]; ids = all(); for (const id of ids) { work(); }"],
    ["src/a.py", "counts = {'a': 1}\ncounts[key] = 2\nfor key in counts:\n    work()\n"],
    ["src/A.cs", "class A { void Run() { foreach (var order in Orders) { Work(); } } }"],
  ])("has no gate: %s %s", async (path, code) => {
    expect(await gate(path, code)).toBeNull();
  });
});

describe("a loop with a gate", () => {
  it.each([
    ["paging", "src/a.ts", scriptLoop("for (const chunk of chunks)")],
    ["paging", "src/a.ts", scriptLoop("while (lastId !== null)")],
    ["paging", "src/a.ts", scriptLoop("while (page.hasMore)")],
    ["paging", "src/a.ts", scriptLoop("for (;;)")],
    ["paging", "src/a.py", pythonLoop("while True")],
    ["paging", "src/a.py", pythonLoop("for page in paginator.page_range")],
    ["paging", "src/a.go", goLoop("for")],
    ["paging", "src/a.rb", rubyLoop("orders.each_slice(100)")],
    ["retry", "src/a.ts", scriptLoop("for (let attempt = 0; attempt < limit; attempt++)")],
    ["retry", "src/a.ts", scriptLoop("while (Date.now() < end)")],
    ["retry", "src/a.go", goLoop("for retries < max")],
    ["worker", "src/a.go", goLoop("for message := range messagesCh")],
    ["worker", "src/a.py", pythonLoop("for message in consumer")],
    ["ancestors", "src/a.ts", scriptLoop("while (folder.parentId)")],
    ["constant", "src/a.ts", scriptLoop("for (const kind of ['a', 'b'])")],
    ["constant", "src/a.ts", scriptLoop("for (const kind of Object.values(Kind))")],
    ["constant", "src/a.ts", scriptLoop("for (let i = 0; i < MAX_DEPTH; i++)")],
    ["constant", "src/a.ts", scriptLoop("for (const type of queryTypes)")],
    ["ancestors", "src/a.go", goLoop("for parent := folder; parent.ID != root; ")],
    ["constant", "src/a.ts", scriptLoop("for (const week of weeks)")],
    ["constant", "src/a.ts", scriptLoop("for (const integration of team.integrations)")],
    ["constant", "src/a.ts", scriptLoop("for (const model of defaultModels)")],
    ["constant", "src/a.go", goLoop("for range maxDepth")],
    ["constant", "src/a.py", pythonLoop("for day in range(7)")],
    ["constant", "src/a.py", pythonLoop("for kind, name in KINDS.items()")],
    ["constant", "src/a.py", pythonLoop("for kind in ('a', 'b')")],
    ["constant", "src/a.go", goLoop('for _, kind := range []string{"a", "b"}')],
    ["constant", "src/a.rb", rubyLoop("3.times")],
    ["constant", "src/A.java", javaLoop("for (Kind kind : Kind.values())")],
    ["constant", "src/a.ts", "const kinds = [first, second]; for (const it of kinds) { work(); }"],
    ["constant", "src/a.ts", "const both = [...new Set([first, second])]; for (const it of both) { work(); }"],
    ["constant", "src/a.ts", "const by = { a: 1, b: 2 }; function run() { for (const it of Object.keys(by)) { work(); } }"],
    ["constant", "src/a.py", "names = {'a': 1}\nfor key, name in names.items():\n    work()\n"],
    ["constant", "src/a.py", pythonLoop("for tag in GitHubTag")],
    ["constant", "src/a.go", 'package a\n\nfunc f() {\n\tnames := []string{"a", "b"}\n\tfor _, n := range names {\n\t\twork(n)\n\t}\n}'],
    ["constant", "src/a.go", goLoop("for _, partition := range partitions")],
    ["ancestors", "src/a.go", goLoop("for _, segment := range segments")],
    ["paging", "src/a.ts", scriptLoop("for (const range of ranges)")],
  ])("is one of %s: %s %s", async (expected, path, code) => {
    expect(await gate(path, code)).toBe(expected);
  });
});

describe("the loop that repeats a call", () => {
  const repeating = async (code: string): Promise<string | null> => {
    const file = await factsIn("src/a.ts", code);
    const call = file.calls.find(({ callee }) => callee === "work");
    if (!call) throw new Error("no call");
    return repeatingLoop(call, file)?.header ?? null;
  };

  it("is the one around a retry or a constant list", async () => {
    const code = "for (const order of orders) { for (let attempt = 0; attempt < 3; attempt++) { for (const kind of ['a']) { work(); } } }";
    expect(await repeating(code)).toBe("for (const order of orders)");
  });

  it("is none where a batch lies between", async () => {
    expect(await repeating("for (const order of orders) { for (const batch of batches) { work(); } }")).toBeNull();
  });

  it("is none in what is awaited one by one", async () => {
    expect(await repeating("async function f() { for await (const order of orders) { work(); } }")).toBeNull();
  });

  it("ends after a dozen loops that gate", async () => {
    const depth = 2000;
    expect(
      await repeating(`for (const order of orders) { ${"for (const kind of ['a']) {".repeat(depth)} work(); ${"}".repeat(depth)} }`),
    ).toBeNull();
  });
});
