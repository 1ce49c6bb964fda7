const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: [*c, *c, *c, *c, *c, *c, *c, *c, *c]
`;

/** Configurations that somebody wrote to hurt. Each has to be refused, soon and in few words. */
export const hostile: Readonly<Record<string, string>> = {
  "an alias bomb": BOMB,
  "an anchor that nobody uses": "mode: &x advisory",
  "a merge key": "endpoints:\n  <<: { /a: { latency_p99: 1s } }",
  "a JavaScript tag": "mode: !!js/function 'function () { return 1 }'",
  "a Python tag": "mode: !!python/object/apply:os.system ['id']",
  "a directive": "%YAML 1.1\n---\nmode: yes",
  "a duplicate key": "mode: advisory\nmode: blocking",
  "a duplicate endpoint": "endpoints:\n  /a: { latency_p99: 1s }\n  /a: { latency_p99: 9s }",
  "__proto__ as a key": "__proto__: { mode: advisory }",
  "__proto__ as an endpoint": "endpoints: { __proto__: { latency_p99: 1s } }",
  "constructor as a key": "constructor: { prototype: { mode: advisory } }",
  "not a number": "override: { quorum: .nan }",
  infinity: "override: { quorum: .inf }",
  "more than infinity": "override: { quorum: 1e999 }",
  "an octal number": "override: { quorum: 0o1 }",
  "an old octal number": "override: { quorum: 01 }",
  "a percentage for a count": 'override: { quorum: "10%" }',
  "a list for the whole file": "- mode: advisory",
  "a word for the whole file": "advisory",
  "two documents": "mode: advisory\n---\nmode: blocking",
  "64 KB of brackets": "[".repeat(65_000),
  "64 KB of braces": "{".repeat(65_000),
  "64 KB of dashes": "- ".repeat(32_000),
  "10,000 nested maps": "a: ".repeat(10_000),
  "deep indentation": lines(350, (index) => `${" ".repeat(index)}a:`),
  "4,000 times the same key": "a:\n".repeat(3999),
  "thousands of keys": lines(1400, (index) => `latenc${index}:`),
  "thousands of endpoints": `endpoints:\n${lines(1100, (index) => ` /a${index}:`)}`,
  "thousands of globs": `critical: [${"x,".repeat(1900)}]`,
  "64 KB of closing brackets": "]".repeat(65_000),
  "64 KB of quotes": '"'.repeat(65_000),
  "64 KB of bad escapes": `mode: "${"\\q".repeat(30_000)}"`,
  "a few bad escapes": `mode: "${"\\q".repeat(400)}"`,
  "64 KB of spaces in a quote": `mode: "${" ".repeat(60_000)}`,
  "a key of 60 KB": `${"k".repeat(1000)}${"k".repeat(20)}: 1\n? ${"q".repeat(60_000)}\n: 1`,
  "a value of 60 KB": `mode: ${"v".repeat(60_000)}`,
  "a number of 60,000 digits": `override: { quorum: ${"9".repeat(60_000)} }`,
  "a quantity of 60,000 digits": `evidence: { wait: ${"9".repeat(60_000)}ms }`,
  "1 MB": `# ${"x".repeat(1_000_000)}`,
  "Latin-1 read as UTF-8": "override: { label: caf\uFFFD }",
  "NUL characters": "mode: \u0000",
  "a text that turns around": 'override: { label: "\u202Eedirrevo" }',
  "a glob too long to match": `critical: ["${"**/".repeat(200)}"]`,
};
