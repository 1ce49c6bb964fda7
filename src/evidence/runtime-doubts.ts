import type { Doubt, RuntimeManifest, RuntimeRecord, RuntimeSource, RuntimeTotals } from "../model/runtime.js";
import { figure, type Text, text } from "../model/text.js";

/** A file of one folder, by its name in it. */
export interface NamedRecord {
  readonly name: string;
  readonly record: RuntimeRecord;
}

/** Shares above which entries are no longer the right ones. */
const MOST_ORPHANS = 0.01;
const MOST_OUTSIDE = 0.1;

/** Samplers that keep every trace that a test begins. */
const KEEPS_ALL = new Set(["always_on", "parentbased_always_on"]);

const doubt = (code: Doubt["code"], message: Text): Doubt => ({ code, message });

const count = (value: number): Text => figure(value.toLocaleString("en-US"));

const percent = (share: number): Text => figure(`${(share * 100).toFixed(1)} %`);

/** What the figures of one source give to doubt by themselves. */
export function ownDoubts({ spans, orphans, statements, noise, outside }: RuntimeTotals): readonly Doubt[] {
  const [lost, all] = [orphans / spans, statements + noise];
  return [
    ...(lost > MOST_ORPHANS
      ? [doubt("orphans", text`the parents of ${count(orphans)} of ${count(spans)} spans (${percent(lost)}) are missing`)]
      : []),
    ...(outside / all > MOST_OUTSIDE
      ? [doubt("outside", text`${count(outside)} of ${count(all)} statements belong to no test or request`)]
      : []),
  ];
}

function spanDoubts({ spansEnded, sampler }: RuntimeManifest, spans: number): readonly Doubt[] {
  const sampled = KEEPS_ALL.has(sampler) ? [] : [doubt("sampled", text`the sampler was ${sampler}, which does not keep every trace`)];
  if (spansEnded === spans) return sampled;
  const message =
    spansEnded === undefined
      ? text`the manifest does not say how many spans ended`
      : text`${count(spansEnded)} spans ended, and the files hold ${count(spans)}`;
  return [...sampled, doubt("span-count", message)];
}

function evictionDoubts({ dealloc }: RuntimeManifest): readonly Doubt[] {
  if (dealloc === 0) return [];
  return [
    dealloc === undefined
      ? doubt("evicted", text`the manifest does not say whether statements were evicted (\`dealloc\`)`)
      : doubt("evicted", text`pg_stat_statements evicted statements ${count(dealloc)} times`),
  ];
}

function fileDoubts({ files }: RuntimeManifest, present: readonly NamedRecord[]): readonly Doubt[] {
  const listed = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const names = new Set(present.map(({ name }) => name));
  return [
    ...files.filter(({ name }) => !names.has(name)).map(({ name }) => doubt("file-missing", text`${name} of the manifest was not read`)),
    ...present.flatMap(({ name, record }) => {
      const sha256 = listed.get(name);
      if (sha256 === undefined) return [doubt("file-unlisted", text`${name} is not in the manifest`)];
      return sha256.toLowerCase() === record.sha256 ? [] : [doubt("file-differs", text`${name} is not the file that the manifest names`)];
    }),
  ];
}

const short = (sha: string): string => sha.slice(0, 7);

/**
 * What a folder's manifest gives to doubt.
 * @param head null where the commit is not known
 */
export function manifestDoubts(
  manifest: RuntimeManifest | undefined,
  present: readonly NamedRecord[],
  source: RuntimeSource,
  head: string | null,
): readonly Doubt[] {
  if (!manifest) return [doubt("no-manifest", text`there is no manifest (redline-runtime.json) beside the files`)];
  const ofSource = present.filter(({ record }) => record.source === source);
  const spans = ofSource.reduce((sum, { record }) => sum + record.totals.spans, 0);
  const { headSha } = manifest;
  return [
    ...(head !== null && headSha !== head
      ? [doubt("other-head", text`the manifest is of ${short(headSha)}, and this is ${short(head)}`)]
      : []),
    ...fileDoubts(manifest, present),
    ...(source === "traces" ? spanDoubts(manifest, spans) : []),
    ...(source === "statement-statistics" ? evictionDoubts(manifest) : []),
  ];
}
