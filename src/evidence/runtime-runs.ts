import type { ResultFile } from "../model/evidence.js";
import { grouped } from "../model/grouped.js";
import type {
  Doubt,
  Instrumentation,
  RuntimeEntry,
  RuntimeManifest,
  RuntimeRecord,
  RuntimeRun,
  RuntimeSource,
  RuntimeStatement,
  RuntimeTotals,
} from "../model/runtime.js";
import { manifestDoubts, type NamedRecord, ownDoubts } from "./runtime-doubts.js";

/** The files that lie together, with the manifest that speaks of them. */
interface Folder {
  readonly path: string;
  readonly manifest: RuntimeManifest | undefined;
  readonly records: readonly (NamedRecord & { readonly file: string })[];
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

/** Of a file that several runs of a workflow handed in, the newest. */
const newest = (files: readonly ResultFile[]): readonly ResultFile[] => [...new Map(files.map((file) => [file.file, file])).values()];

function folders(files: readonly ResultFile[]): readonly Folder[] {
  const byPath = grouped(newest(files), ({ file }) => folderOf(file));
  return byPath.map((inside) => folder(folderOf(inside[0].file), inside));
}

function folder(path: string, inside: readonly ResultFile[]): Folder {
  return {
    path,
    manifest: inside.flatMap(({ run }) => (run.runtime && "manifest" in run.runtime ? [run.runtime.manifest] : [])).at(-1),
    records: inside.flatMap(({ file, run }) =>
      run.runtime && !("manifest" in run.runtime) ? [{ file, name: file.slice(path.length), record: run.runtime }] : [],
    ),
  };
}

const suiteOf = ({ manifest, path }: Folder): string => manifest?.suite ?? path.split("/").at(-2) ?? "";

/** The records of one suite and source. */
interface Part {
  readonly suite: string;
  readonly source: RuntimeSource;
  readonly manifest: RuntimeManifest | undefined;
  readonly records: Folder["records"];
  readonly doubts: readonly Doubt[];
}

function partsOf(folder: Folder, head: string | null): readonly Part[] {
  return grouped(folder.records, ({ record }) => record.source).map((records) => {
    const { source } = records[0].record;
    const own = records.flatMap(({ record }) => record.doubts);
    const doubts = [...manifestDoubts(folder.manifest, folder.records, source, head), ...own];
    return { suite: suiteOf(folder), source, manifest: folder.manifest, records, doubts };
  });
}

function entriesOf(records: readonly RuntimeRecord[]): readonly RuntimeEntry[] {
  const all = records.flatMap(({ entries }) => entries);
  const byKey = grouped(all, ({ kind, key, service = "" }) => JSON.stringify([kind, key, service]));
  return byKey.map((same) => ({ ...same[0], runs: same.flatMap(({ runs }) => runs) }));
}

const NOTHING: RuntimeTotals = { statements: 0, noise: 0, failed: 0, outside: 0, spans: 0, orphans: 0, duplicates: 0 };

const added = (a: RuntimeTotals, b: RuntimeTotals): RuntimeTotals => ({
  statements: a.statements + b.statements,
  noise: a.noise + b.noise,
  failed: a.failed + b.failed,
  outside: a.outside + b.outside,
  spans: a.spans + b.spans,
  orphans: a.orphans + b.orphans,
  duplicates: a.duplicates + b.duplicates,
});

const byFingerprint = (records: readonly RuntimeRecord[]): readonly RuntimeStatement[] => [
  ...new Map(records.flatMap(({ statements }) => statements.map((one) => [one.fingerprint, one] as const))).values(),
];

const instrumentationsOf = (records: readonly RuntimeRecord[]): readonly Instrumentation[] => [
  ...new Map(
    records.flatMap((record) => record.instrumentations.map((one) => [`${one.name} ${one.version ?? ""}`, one] as const)),
  ).values(),
];

function runOf(parts: readonly [Part, ...Part[]]): RuntimeRun {
  const [{ suite, source, manifest }] = parts;
  const records = parts.flatMap((part) => part.records.map(({ record }) => record));
  const totals = records.map((record) => record.totals).reduce(added, NOTHING);
  const reasons = [...parts.flatMap(({ doubts }) => doubts), ...ownDoubts(totals)];
  return {
    suite,
    source,
    instrumentations: instrumentationsOf(records),
    services: [...new Set(records.flatMap(({ services }) => services))].sort(),
    statements: byFingerprint(records),
    entries: entriesOf(records),
    totals,
    completeness: reasons.length === 0 ? { status: "complete" } : { status: "partial", reasons },
    ...(manifest && { manifest }),
    files: parts.flatMap((part) => part.records.map(({ file }) => file)),
  };
}

/**
 * What files of runtime evidence say together: one run for each suite and source. A manifest speaks of the files in its
 * own folder; what it and the files themselves give to doubt makes a run `partial`.
 *
 * @param files oldest first; others than runtime evidence are passed over
 * @param head the full SHA that the files should be of; null where it is not known
 */
export function runtimeRuns(files: readonly ResultFile[], head: string | null): readonly RuntimeRun[] {
  const parts = folders(files).flatMap((folder) => partsOf(folder, head));
  return grouped(parts, ({ suite, source }) => JSON.stringify([suite, source])).map(runOf);
}
