// npm run eval:source -- --corpus NAME=DIR … [--commits N] [--trees] [--output FILE]: what the source rules say of real histories.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createSourceReader } from "../../../src/sandbox/source.js";
import { defaults } from "../sql/judged.js";
import { commitsOf, filesOf, treeOf } from "./commits.js";
import { corpora } from "./corpora.js";
import { type EvalFinding, judge, remembering, sourceOf } from "./findings.js";

const { values } = parseArgs({
  options: {
    corpus: { type: "string", multiple: true, default: [] },
    commits: { type: "string" },
    trees: { type: "boolean", default: false },
    output: { type: "string" },
  },
});
if (values.corpus.length === 0) throw new Error("name a history: npm run eval:source -- --corpus owner/name=GIT-DIRECTORY");

const ENDINGS = ["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx", "py", "go", "java", "rb", "cs", "php"];
const PATTERNS = ENDINGS.map((ending) => `*.${ending}`);
/** So many files are one change of a tree: the time for all files of one is bounded. */
const TOGETHER = 40;

const reader = createSourceReader({ facts: { parseMs: 20_000, walkMs: 20_000, callMs: 1_200_000 } });
const readFacts = remembering(reader.facts);
const config = defaults();
const all: EvalFinding[] = [];

for (const given of values.corpus) {
  const [name = "", repository = ""] = given.split("=");
  const corpus = corpora.find((one) => one.name === name);
  const until = corpus?.until ?? "HEAD";
  const commits = values.trees ? [until] : await commitsOf(repository, until, Number(values.commits ?? corpus?.commits ?? 300));
  const figures = { files: 0, lines: 0, skipped: 0, findings: 0 };
  for (const commit of commits) {
    const files = values.trees ? await treeOf(repository, commit, PATTERNS) : await filesOf(repository, commit, PATTERNS);
    const step = values.trees ? TOGETHER : Math.max(1, files.length);
    for (let at = 0; at < files.length; at += step) {
      const part = files.slice(at, at + step);
      const source = await sourceOf(part, readFacts, config);
      const findings = judge(source, part, { repository: name, commit: commit.slice(0, 9) });
      all.push(...findings);
      figures.files += source.files.length;
      figures.skipped += source.skipped.length;
      figures.findings += findings.length;
      for (const { added } of source.files) for (const { line, endLine } of added) figures.lines += endLine - line + 1;
    }
  }
  process.stderr.write(`${name}: ${commits.length} commits, ${JSON.stringify(figures)}\n`);
}
reader.close();
if (values.output) writeFileSync(values.output, all.map((finding) => `${JSON.stringify(finding)}\n`).join(""));
const counts = new Map<string, number>();
for (const { repository, rule, severity } of all) {
  const key = `${repository} ${rule} ${severity}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
for (const [key, count] of [...counts].sort()) process.stdout.write(`${key}: ${count}\n`);
