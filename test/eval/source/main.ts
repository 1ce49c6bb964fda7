// npm run eval:source -- --corpus NAME=DIR … [--commits N] [--trees] [--output FILE] [--record RUN], or --page:
// what the source rules say of real histories.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createSourceReader } from "../../../src/sandbox/source.js";
import { defaults } from "../sql/judged.js";
import { commitsOf, filesOf, treeOf } from "./commits.js";
import { corpora } from "./corpora.js";
import { type EvalFinding, judge, remembering, sourceOf } from "./findings.js";
import { type Run, readRuns } from "./judged.js";
import { sourceSection } from "./page.js";
import { withSourceSection } from "./section.js";
import { stillSaid } from "./still-said.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const data = join(root, "test/eval/source/data");

const { values } = parseArgs({
  options: {
    corpus: { type: "string", multiple: true, default: [] },
    commits: { type: "string" },
    trees: { type: "boolean", default: false },
    output: { type: "string" },
    record: { type: "string" },
    page: { type: "boolean", default: false },
  },
});

const ENDINGS = ["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx", "py", "go", "java", "rb", "cs", "php"];
const PATTERNS = ENDINGS.map((ending) => `*.${ending}`);
/** So many files of a tree are one change. */
const TOGETHER = 40;

type Figures = { -readonly [K in keyof Run["figures"][number]]: Run["figures"][number][K] };

const isLoud = ({ severity }: EvalFinding): boolean => severity === "warning" || severity === "notice";

async function run(of: Run["of"]): Promise<{ readonly figures: readonly Figures[]; readonly findings: readonly EvalFinding[] }> {
  const reader = createSourceReader({ facts: { parseMs: 20_000, walkMs: 20_000, callMs: 1_200_000 } });
  const readFacts = remembering(reader.facts);
  const config = defaults();
  const all: { figures: Figures[]; findings: EvalFinding[] } = { figures: [], findings: [] };
  for (const given of values.corpus) {
    const [repository = "", directory = ""] = given.split("=");
    const corpus = corpora.find(({ name }) => name === repository);
    const until = corpus?.until ?? "HEAD";
    const commits = of === "tree" ? [until] : await commitsOf(directory, until, Number(values.commits ?? corpus?.commits ?? 300));
    const figures: Figures = { repository, commits: commits.length, files: 0, lines: 0, skipped: 0, questions: 0, changes: 0 };
    for (const commit of commits) {
      const files = of === "tree" ? await treeOf(directory, commit, PATTERNS) : await filesOf(directory, commit, PATTERNS);
      const step = of === "tree" ? TOGETHER : Math.max(1, files.length);
      for (let at = 0; at < files.length; at += step) {
        const part = files.slice(at, at + step);
        const source = await sourceOf(part, readFacts, config);
        const findings = judge(source, part, { repository, commit: commit.slice(0, 9) });
        all.findings.push(...findings);
        figures.files += source.files.length;
        figures.skipped += source.skipped.length;
        figures.questions += findings.filter((found) => !isLoud(found)).length;
        figures.changes += findings.some(isLoud) ? 1 : 0;
        for (const { added } of source.files) for (const { line, endLine } of added) figures.lines += endLine - line + 1;
      }
    }
    all.figures.push(figures);
    process.stderr.write(`${JSON.stringify(figures)}\n`);
  }
  reader.close();
  return all;
}

function record(name: string, of: Run["of"], made: Awaited<ReturnType<typeof run>>): void {
  const findings = made.findings
    .filter(isLoud)
    .map(({ repository, commit, path, line, rule, severity }) => ({ repository, commit, path, line, rule, severity }));
  writeFileSync(join(data, `${name}-${of}.generated.json`), `${JSON.stringify({ name, of, figures: made.figures, findings }, null, 1)}\n`);
}

async function main(): Promise<void> {
  if (values.page) {
    const page = join(root, "docs/judgement.md");
    writeFileSync(page, withSourceSection(readFileSync(page, "utf8"), sourceSection(readRuns(data))));
    return;
  }
  if (values.corpus.length === 0) throw new Error("name a history: npm run eval:source -- --corpus owner/name=GIT-DIRECTORY");
  const of = values.trees ? "tree" : "commits";
  const made = await run(of);
  if (values.output) writeFileSync(values.output, made.findings.map((found) => `${JSON.stringify(found)}\n`).join(""));
  if (values.record) record(values.record, of, made);
  const counts = new Map<string, number>();
  for (const { repository, rule, severity } of made.findings) {
    const key = `${repository} ${rule} ${severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const line of stillSaid(readRuns(data).judged, made.findings)) process.stdout.write(`${line}\n`);
  for (const [key, count] of [...counts].sort()) process.stdout.write(`${key}: ${count}\n`);
}

await main();
