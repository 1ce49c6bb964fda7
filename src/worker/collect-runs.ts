import type { Config } from "../config/config.js";
import { configuredFormat } from "../config/configured-format.js";
import { matchesGlob } from "../config/glob.js";
import { readResultFile } from "../formats/read.js";
import { type Artifact, downloadArtifact, listArtifacts } from "../github/artifacts.js";
import type { GitHub, RepositoryName } from "../github/call.js";
import type { ParsedRun, Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { ArchiveEntry } from "../sandbox/archive.js";
import type { ExpectedRun, HeadResults } from "../store/store.js";
import { archiveOrigin } from "./archive-origin.js";
import type { Dependencies } from "./dependencies.js";

/** Where artifacts are read from. */
export interface RunPlace extends Pick<Dependencies, "apiUrl" | "readArchive"> {
  readonly github: GitHub;
  readonly repository: RepositoryName;
}

/** Entries that are worth opening; anything else in an artifact is left alone. */
const READABLE = ["**/*.json", "**/*.ndjson", "**/*.csv", "**/*.txt", "**/*.log", "**/*.jtl"];

const isReadable = (name: string): boolean => READABLE.some((pattern) => matchesGlob(pattern, name));

const unread = (message: Text, level: Problem["level"]): ParsedRun => ({
  format: "unread",
  measurements: [],
  problems: [{ level, code: "artifact-unread", message, remedy: text`run the workflow again on this head` }],
});

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** One entry of an artifact. What no format recognises is named, and is no error: artifacts hold other things too. */
async function readEntry(
  file: string,
  { name, bytes }: ArchiveEntry,
  entries: readonly ArchiveEntry[],
  config: Config,
): Promise<ParsedRun> {
  const configured = configuredFormat(config.formats, file);
  const read = await readResultFile(file, once(bytes), {
    size: bytes.length,
    ...(configured !== undefined && { configured }),
    origin: archiveOrigin(entries, name, config.evidence),
  });
  if ("run" in read) return read.run;
  const problem: Problem = "broken" in read ? read.broken : { ...read.unrecognized, level: "warning" };
  return { format: "unread", measurements: [], problems: [problem] };
}

async function readOne(place: RunPlace, artifact: Artifact, config: Config): Promise<readonly Omit<HeadResults, "source">[]> {
  const download = await downloadArtifact(place.github, place.repository, artifact, place.apiUrl);
  if (download.status === "expired")
    return [{ file: artifact.name, run: unread(text`the artifact ${artifact.name} has expired`, "error") }];
  if (download.status === "refused") return [{ file: artifact.name, run: unread(download.reason, "error") }];
  const archive = await place.readArchive(download.zip, isReadable);
  if ("refused" in archive) return [{ file: artifact.name, run: unread(archive.refused, "error") }];
  const results: Omit<HeadResults, "source">[] = [];
  for (const entry of archive.entries) {
    const file = `${artifact.name}/${entry.name}`;
    results.push({ file, run: await readEntry(file, entry, archive.entries, config) });
  }
  return results;
}

/** Every result file in the matching artifacts of one run's newest attempt. @throws GitHubError */
export async function readRun(place: RunPlace, run: ExpectedRun, config: Config): Promise<readonly HeadResults[]> {
  const artifacts = await listArtifacts(place.github, place.repository, run, config.evidence.artifacts);
  const source = { id: run.id, attempt: run.attempt, url: run.url };
  const results: HeadResults[] = [];
  for (const artifact of artifacts) for (const result of await readOne(place, artifact, config)) results.push({ ...result, source });
  return results;
}
