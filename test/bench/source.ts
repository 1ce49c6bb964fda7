import { execFileSync } from "node:child_process";
import { pathClass } from "../../src/evidence/path-class.js";
import type { FileFacts, Language } from "../../src/model/source.js";
import { rules } from "../../src/rules/registry.js";
import { parserOf } from "../../src/sandbox/grammars.js";
import { factsOfTree } from "../../src/sandbox/source-facts.js";
import { languageOf } from "../../src/source/language.js";
import { languageTables } from "../../src/source/languages/registry.js";

const BYTES = 500_000;
const LINE = 20_000;
/** Of one repository and language: enough that the compiler of the engine has done its work. */
const LINES = 120_000;
const PATHS = { ignore: [], benchmarks: [], loadTests: [], classes: {} };

const STEPS = ["parse", "facts", "rules"] as const;

interface Rate {
  files: number;
  lines: number;
  unclear: number;
  /** CPU seconds by step: the machine may be busy with something else. */
  readonly seconds: Record<(typeof STEPS)[number], number>;
}

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", maxBuffer: 1e9 });

function timed<T>(rate: Rate, step: (typeof STEPS)[number], run: () => T): T {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  rate.seconds[step] += (user + system) / 1e6;
  return result;
}

const overSource = rules.filter(({ reads }) => reads !== undefined);

/** Every rule on every line, as if the whole file were new. */
function check(file: FileFacts): void {
  const changed = { path: file.path, head: file, base: null, added: [{ line: 1, endLine: file.lines }] };
  const absent = { status: "absent", reason: [] } as const;
  const source = { files: [changed], skipped: [], left: {} };
  for (const rule of overSource)
    rule.check({ ...Object.fromEntries(rule.needs.map((kind) => [kind, absent])), source } as never, rule.options.parse({}));
}

interface Given {
  readonly path: string;
  readonly text: string;
}

/** Files at once: asking for the CPU's time costs some itself. */
const BATCH = 40;

async function readBatch(files: readonly Given[], language: Language, rate: Rate): Promise<void> {
  const parser = await parserOf(language);
  const trees = timed(rate, "parse", () => files.map(({ text }) => parser.parse(text)));
  const facts = timed(rate, "facts", () =>
    files.map(({ text }, at) => {
      const tree = trees[at];
      return tree ? factsOfTree(tree, text, language, () => {}) : null;
    }),
  );
  for (const tree of trees) tree?.delete();
  const known = files.flatMap(({ path, text }, at) => {
    const read = facts[at];
    return read ? [{ path, class: pathClass(path, text, PATHS), ...read }] : [];
  });
  timed(rate, "rules", () => known.forEach(check));
  rate.files += known.length;
  for (const { lines, errors } of known) {
    rate.lines += lines;
    rate.unclear += errors.length > 0 ? 1 : 0;
  }
}

const isWritten = (text: string): boolean => text.length <= BYTES && text.split("\n").every((line) => line.length <= LINE);

/** The texts of blobs, in their order: `sha type size`, a line break, the text, a line break. */
function blobs(folder: string, shas: readonly string[]): readonly string[] {
  const answer = execFileSync("git", ["-C", folder, "cat-file", "--batch"], { input: shas.join("\n"), maxBuffer: 2e9 });
  let at = 0;
  return shas.map(() => {
    const header = answer.indexOf("\n", at);
    const size = Number(answer.toString("latin1", at, header).split(" ")[2]);
    at = header + size + 2;
    return answer.toString("utf8", header + 1, header + 1 + size);
  });
}

/** The code of a repository at its head by language, up to a number of lines. */
function codeOf(folder: string): ReadonlyMap<Language, readonly Given[]> {
  const places = git(folder, "ls-tree", "-r", "HEAD")
    .split("\n")
    .flatMap((entry) => {
      const [, sha = "", path = ""] = /^\d+ blob (\w+)\t(.*)$/.exec(entry) ?? [];
      const language = languageOf(path);
      return language !== null && languageTables[language] ? [{ sha, path, language }] : [];
    });
  const texts = blobs(
    folder,
    places.map(({ sha }) => sha),
  );
  const code = new Map<Language, { readonly files: Given[]; lines: number }>();
  for (const [index, { path, language }] of places.entries()) {
    const text = texts[index] ?? "";
    const known = code.get(language) ?? { files: [], lines: 0 };
    code.set(language, known);
    if (known.lines > LINES || !isWritten(text)) continue;
    known.files.push({ path, text });
    known.lines += text.split("\n").length;
  }
  return new Map([...code].map(([language, { files }]) => [language, files]));
}

async function ratesOf(folder: string): Promise<ReadonlyMap<Language, Rate>> {
  const rates = new Map<Language, Rate>();
  for (const [language, files] of codeOf(folder)) {
    const rate: Rate = { files: 0, lines: 0, unclear: 0, seconds: { parse: 0, facts: 0, rules: 0 } };
    for (let from = 0; from < files.length; from += BATCH) await readBatch(files.slice(from, from + BATCH), language, rate);
    rates.set(language, rate);
  }
  return rates;
}

const perThousand = (seconds: number, lines: number): string => ((seconds * 1e6) / lines).toFixed(1);

/** Parsing, facts and all source rules on the code of git repositories, in CPU ms for 1,000 lines. */
export async function sourceRates(folders: readonly string[]): Promise<readonly Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const folder of folders) {
    for (const [language, { files, lines, unclear, seconds }] of await ratesOf(folder)) {
      if (lines < 1000) continue;
      rows.push({
        code: `${folder.split("/").findLast((part) => part !== "repo" && part !== "") ?? folder}, ${language}`,
        files: `${files}`,
        lines: lines.toLocaleString("en-US"),
        "not all understood": `${unclear}`,
        ...Object.fromEntries(STEPS.map((step) => [`${step}, ms/kloc`, perThousand(seconds[step], lines)])),
        "all, ms/kloc": perThousand(seconds.parse + seconds.facts + seconds.rules, lines),
      });
    }
  }
  return rows;
}
