import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { baselineOf, readResults } from "../../src/checkout/results.js";
import { baseRuntimeOf } from "../../src/evidence/delivered-runtime.js";
import type { Planner } from "../../src/evidence/planner.js";
import type { Sources } from "../../src/evidence/sources.js";
import type { TreeFile } from "../../src/evidence/tree.js";
import type { ChangedFile, Snapshot } from "../../src/model/pull-request.js";
import { text } from "../../src/model/text.js";
import type { Attestation, Override } from "../../src/model/verdict.js";

/** `pull.json` of a golden pull request; paths are relative to `test/`. */
interface Description {
  readonly base: string;
  /** Absent for a change that no folder holds. */
  readonly head?: string;
  readonly draft?: boolean;
  /** The head lies in a fork. */
  readonly fork?: boolean;
  /** So many changed source files besides, too many to keep in a folder. */
  readonly made?: number;
  /** Changed files besides that are binary. */
  readonly binary?: readonly string[];
  /** Instead of the base folder's. */
  readonly configuration?: string;
  readonly results?: readonly string[];
  readonly baseline?: readonly string[];
  readonly override?: Override;
  /** Its statements are planned; without it, no database can be started. */
  readonly planned?: boolean;
  readonly attestations?: readonly Attestation[];
}

const test = fileURLToPath(new URL("..", import.meta.url));
export const pulls = join(test, "fixtures/pulls");

const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );

/** The head folder lies over the base folder; an empty file in it removes the base's. */
function changedFiles(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): readonly ChangedFile[] {
  return [...head].map(([path, content]) => {
    const before = base.get(path);
    if (content === "" && before !== undefined) return { path, status: "removed", base: before };
    return before === undefined ? { path, status: "added", head: content } : { path, status: "modified", base: before, head: content };
  });
}

/** One of many small modules, as a code generator of nobody's in particular would not write them. */
const madeFile = (_: unknown, index: number): ChangedFile => ({
  path: `src/units/unit-${String(index + 1).padStart(4, "0")}.ts`,
  status: "modified",
  base: `export const factor = ${index};\n`,
  head: `export const factor = ${index + 1};\n`,
});

const binaryFile = (path: string): ChangedFile => ({ path, status: "modified", unread: "binary" });

/** The head's files as git would name them: by what they hold. */
const treeOf = (base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): readonly TreeFile[] =>
  [...new Map([...base, ...head])]
    .filter(([path, content]) => content !== "" || !base.has(path))
    .map(([path, content]) => ({ path, sha: createHash("sha1").update(content).digest("hex"), text: content }));

const sha = (letter: string): string => letter.repeat(40);

/** A pull request made of two folders and result files: the third door of the pipeline. */
export function goldenSources(
  name: string,
  readers: Pick<Sources, "parseSql" | "readSources" | "readFacts">,
  planner: Planner | null = null,
): Sources {
  const description: Description = JSON.parse(readFileSync(join(pulls, name, "pull.json"), "utf8"));
  const base = filesOf(join(test, description.base));
  const head: ReadonlyMap<string, string> = description.head === undefined ? new Map() : filesOf(join(test, description.head));
  const repositoryUrl = "https://github.com/acme/shop";
  const at = (letter: string) => ({ sha: sha(letter), url: `${repositoryUrl}/commit/${sha(letter)}` });
  const snapshot: Snapshot = {
    number: 7,
    author: { id: 1, login: "dev" },
    draft: description.draft === true,
    ...(description.fork && { fork: true }),
    repositoryUrl,
    base: { ref: "main", ...at("b") },
    mergeBase: at("b"),
    head: at("a"),
    files: [
      ...changedFiles(base, head),
      ...Array.from({ length: description.made ?? 0 }, madeFile),
      ...(description.binary ?? []).map(binaryFile),
    ],
  };
  const path = ".github/redline.yml";
  return {
    configuration: async () => ({
      path,
      text:
        description.configuration === undefined ? (base.get(path) ?? null) : readFileSync(join(test, description.configuration), "utf8"),
    }),
    statistics: async (where) => ({ path: where, text: base.get(where) ?? null }),
    snapshot: async () => snapshot,
    ...readers,
    planner: description.planned ? planner : null,
    tree: async (_, wanted) => ({ status: "collected", value: { files: treeOf(base, head).filter(({ path }) => wanted(path)) } }),
    results: async () =>
      description.results
        ? { status: "collected", value: await readResults(description.results, test) }
        : { status: "absent", reason: text`no workflow run of ${sha("a").slice(0, 7)} has delivered a result file yet` },
    baseline: async () => baselineOf(await readResults(description.baseline ?? [], test), sha("b")),
    baseRuntime: async () => baseRuntimeOf((await readResults(description.baseline ?? [], test)).files, sha("b"), 0),
    attestations: async () => description.attestations ?? [],
    override: async () => ({ override: description.override ?? null }),
  };
}

export const goldenNames = (): readonly string[] => readdirSync(pulls).filter((name) => existsSync(join(pulls, name, "pull.json")));
