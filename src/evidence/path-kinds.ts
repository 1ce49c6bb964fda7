import type { Config } from "../config/config.js";
import { matchesGlob, ownersGlobs } from "../config/glob.js";

/** Where benchmarks are usually kept; the configuration adds to it. */
const benchmarkGlobs = ["**/*bench*", "**/*Bench*", "**/*bench*/**", "**/jmh/**", "**/asv.conf.json"];

/** Names that load-test tools and their users give. */
const loadTestGlobs = [
  ...["k6", "locust", "jmeter", "gatling", "artillery", "autocannon"].flatMap((tool) => [`**/*${tool}*`, `**/*${tool}*/**`]),
  ...["load-test", "load_test", "loadtest"].flatMap((name) => [`**/*${name}*`, `**/*${name}*/**`]),
  "**/*.jmx",
  "**/*Simulation.*",
];

const testGlobs = [
  ...["test", "tests", "__tests__", "spec"].map((folder) => `**/${folder}/**`),
  ...["**/*.test.*", "**/*.spec.*", "**/*_test.*", "**/test_*", "**/*Test.*", "**/*Tests.*"],
];

const SOURCE = new Set(
  "c cc clj cpp cs dart erl ex exs go groovy h hpp hs java jl js jsx kt kts lua mjs cjs mts cts php pl py rb rs scala swift ts tsx vue svelte".split(
    " ",
  ),
);
const PROSE = new Set(["md", "mdx", "rst", "txt", "adoc"]);

/** `.txt` is left out: it may be a list of dependencies or a build file. `.mdx` is left out: it holds code. */
const DOCUMENTATION = new Set(["md", "rst", "adoc", "png", "jpg", "jpeg", "gif", "svg", "webp"]);
const LEGAL = /(?:^|\/)(?:LICEN[CS]E|NOTICE|AUTHORS|CODEOWNERS)$/;

const extension = (path: string): string => path.slice(path.lastIndexOf(".") + 1).toLowerCase();

/** Does one of the globs match the path? */
export function matchesAny(globs: readonly string[], path: string): boolean {
  return globs.some((glob) => matchesGlob(glob, path));
}

/** The same with patterns as in CODEOWNERS. */
export function matchesOwned(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesAny(ownersGlobs(pattern), path));
}

const isKind = (configured: readonly string[], usual: readonly string[], path: string): boolean =>
  matchesAny(configured, path) || (matchesAny(usual, path) && !PROSE.has(extension(path)));

export function isBenchmark(path: string, paths: Pick<Config["paths"], "benchmarks">): boolean {
  return isKind(paths.benchmarks, benchmarkGlobs, path);
}

export function isLoadTest(path: string, paths: Pick<Config["paths"], "loadTests">): boolean {
  return isKind(paths.loadTests, loadTestGlobs, path);
}

/** Code that runs in production: neither a test nor a benchmark nor a load test, by extension and place. */
export function isProduction(path: string, paths: Config["paths"]): boolean {
  return !isTest(path) && !isBenchmark(path, paths) && !isLoadTest(path, paths);
}

/** Test code, by its place or its name. */
export function isTest(path: string): boolean {
  return matchesAny(testGlobs, path);
}

export function isSource(path: string): boolean {
  return SOURCE.has(extension(path));
}

/** Text and pictures for people, which no program runs. */
export function isDocumentation(path: string): boolean {
  return DOCUMENTATION.has(extension(path)) || LEGAL.test(path);
}

/** True for a change of documentation and nothing else: there is something, and all of it is. */
export function isOnlyDocumentation(files: readonly { readonly path: string; readonly previousPath?: string }[]): boolean {
  return files.length > 0 && files.every(({ path, previousPath }) => isDocumentation(path) && isDocumentation(previousPath ?? path));
}
