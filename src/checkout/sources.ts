import type { Config } from "../config/config.js";
import { CONFIGURATION_PATH } from "../config/file.js";
import { baseRuntimeOf } from "../evidence/delivered-runtime.js";
import { deliveredSchema } from "../evidence/delivered-sql.js";
import { withoutFailing } from "../evidence/failing-endpoints.js";
import type { Planner } from "../evidence/planner.js";
import type { ParseSql, ReadFacts, ReadSources, RepositoryFile, Sources } from "../evidence/sources.js";
import type { Results } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";
import { text } from "../model/text.js";
import { readFileAt } from "./blobs.js";
import { resolveCommit } from "./git.js";
import { resultSettings } from "./result-file.js";
import { baselineOf, readResults } from "./results.js";
import { type Revisions, readSnapshot } from "./snapshot.js";
import { readTree } from "./tree.js";

/** What the command line names. */
export interface CheckoutOptions extends Revisions {
  readonly results: readonly string[];
  readonly baselineResults: readonly string[];
  /** Where globs start. */
  readonly cwd: string;
  /** Text and path of `--config`; without it the file at the tip of `--base` is read. */
  readonly configuration?: { readonly path: string; readonly text: string };
  readonly parseSql: ParseSql;
  readonly readSources: ReadSources;
  readonly readFacts: ReadFacts;
  readonly planner: Planner | null;
}

/** A file at the tip of `--base`. */
async function fileAtTip(options: CheckoutOptions, path: string): Promise<RepositoryFile> {
  const tip = await resolveCommit(options.repository, options.base, "--base");
  const blob = await readFileAt(options.repository, tip, path);
  if (blob === null) return { path, text: null };
  return "text" in blob ? { path, text: blob.text } : { path, text: null, unreadable: blob.unread };
}

/** A review's sources on a local checkout. */
export function checkoutSources(options: CheckoutOptions): Sources {
  const snapshot = (): Promise<Snapshot> => readSnapshot(options);
  let stored: Promise<Results> | null = null;
  const storedAt = (config: Config): Promise<Results> => {
    stored ??= readResults(options.baselineResults, options.cwd, resultSettings(config));
    return stored;
  };
  return {
    configuration: async () => options.configuration ?? fileAtTip(options, CONFIGURATION_PATH),
    statistics: (path) => fileAtTip(options, path),
    snapshot,
    parseSql: options.parseSql,
    readSources: options.readSources,
    readFacts: options.readFacts,
    planner: options.planner,
    tree: async ({ head }, wanted) => ({ status: "collected", value: await readTree(options.repository, head.sha, wanted) }),
    results: async (config) => {
      if (options.results.length === 0) return { status: "absent", reason: text`no result file was given (--results)` };
      return { status: "collected", value: await readResults(options.results, options.cwd, resultSettings(config)) };
    },
    baseline: async ({ mergeBase }, config) => {
      const results = await storedAt(config);
      const files = results.files.map((file) => ({ ...file, run: withoutFailing(file.run, config) }));
      return baselineOf({ ...results, files }, mergeBase.sha);
    },
    baseSchema: async (_, config) => deliveredSchema((await storedAt(config)).files),
    baseRuntime: async ({ mergeBase }, config) => baseRuntimeOf((await storedAt(config)).files, mergeBase.sha, 0),
    baseResults: async (_, config) => (await storedAt(config)).files,
    attestations: async () => [],
    override: async () => ({ override: null }),
  };
}
