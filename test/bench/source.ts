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

async function read(path: string, text: string, language: Language, rate: Rate): Promise<void> {
  const of = pathClass(path, text, PATHS);
  const parser = await parserOf(language);
  const tree = timed(rate, "parse", () => parser.parse(text));
  if (!tree) return;
  const facts = timed(rate, "facts", () => factsOfTree(tree, text, language, () => {}));
  tree.delete();
  if (!facts) return;
  timed(rate, "rules", () => check({ path, class: of, ...facts }));
  rate.files += 1;
  rate.lines += facts.lines;
  rate.unclear += facts.errors.length > 0 ? 1 : 0;
}

const isWritten = (text: string): boolean => text.length <= BYTES && text.split("\n").every((line) => line.length <= LINE);

async function ratesOf(folder: string): Promise<ReadonlyMap<Language, Rate>> {
  const rates = new Map<Language, Rate>();
  for (const entry of git(folder, "ls-tree", "-r", "HEAD").split("\n")) {
    const [, sha = "", path = ""] = /^\d+ blob (\w+)\t(.*)$/.exec(entry) ?? [];
    const language = languageOf(path);
    if (language === null || !languageTables[language]) continue;
    const rate = rates.get(language) ?? { files: 0, lines: 0, unclear: 0, seconds: { parse: 0, facts: 0, rules: 0 } };
    rates.set(language, rate);
    if (rate.lines > LINES) continue;
    const text = git(folder, "cat-file", "blob", sha);
    if (isWritten(text)) await read(path, text, language, rate);
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
