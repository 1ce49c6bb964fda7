// npm run eval:source -- --corpus NAME=DIR … [--commits N] [--trees] [--output FILE]: what the source rules say of real histories.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { git } from "../../../src/checkout/git.js";
import { blobs, type CommittedFile, commitsOf, filesOf } from "./commits.js";
import { corpora } from "./corpora.js";
import { type EvalFinding, judge, sourceOf } from "./findings.js";

const { values } = parseArgs({
  options: {
    corpus: { type: "string", multiple: true, default: [] },
    commits: { type: "string" },
    trees: { type: "boolean", default: false },
    output: { type: "string" },
  },
});
if (values.corpus.length === 0) throw new Error("name a history: npm run eval:source -- --corpus owner/name=GIT-DIRECTORY");

const PATTERNS = ["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx", "py", "go", "java", "rb", "cs", "php"].map(
  (ending) => `*.${ending}`,
);

/** The whole tree of a commit as if it were new. */
async function treeOf(repository: string, commit: string): Promise<readonly CommittedFile[]> {
  const list = (await git(repository, ["ls-tree", "-r", "-z", "--full-tree", commit])).toString("utf8").split("\0");
  const entries = list.flatMap((line) => {
    const [meta = "", path = ""] = line.split("\t");
    const [, kind, name = ""] = meta.split(" ");
    return kind === "blob" && PATTERNS.some((pattern) => path.endsWith(pattern.slice(1))) ? [{ path, name }] : [];
  });
  const texts = await blobs(
    repository,
    entries.map(({ name }) => name),
  );
  return entries.map(({ path, name }) => ({
    path,
    previousPath: path,
    head: texts.get(name) ?? null,
    base: null,
    added: [{ line: 1, endLine: 1_000_000 }],
  }));
}

async function judged(name: string, commit: string, files: readonly CommittedFile[]): Promise<readonly EvalFinding[]> {
  const texts = new Map(files.map(({ path, head }) => [path, head ?? ""]));
  return judge(await sourceOf(files), texts, { repository: name, commit: commit.slice(0, 9) });
}

const all: EvalFinding[] = [];
for (const given of values.corpus) {
  const [name = "", repository = ""] = given.split("=");
  const corpus = corpora.find((one) => one.name === name);
  const until = corpus?.until ?? "HEAD";
  const commits = values.trees ? [until] : await commitsOf(repository, until, Number(values.commits ?? corpus?.commits ?? 300));
  let [files, lines, found] = [0, 0, 0];
  for (const commit of commits) {
    const changed = values.trees ? await treeOf(repository, commit) : await filesOf(repository, commit, PATTERNS);
    const findings = await judged(name, commit, changed);
    all.push(...findings);
    files += changed.length;
    lines += changed.flatMap(({ added }) => added).reduce((sum, range) => sum + range.endLine - range.line + 1, 0);
    found += findings.length;
  }
  process.stderr.write(`${name}: ${commits.length} commits, ${files} files, ${lines} added lines, ${found} findings\n`);
}
if (values.output) writeFileSync(values.output, all.map((finding) => `${JSON.stringify(finding)}\n`).join(""));
const counts = new Map<string, number>();
for (const { repository, rule, severity } of all) {
  const key = `${repository} ${rule} ${severity}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
for (const [key, count] of [...counts].sort()) process.stdout.write(`${key}: ${count}\n`);
