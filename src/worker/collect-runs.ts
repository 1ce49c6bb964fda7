import type { Config } from "../config/config.js";
import { overCap } from "../formats/caps.js";
import { withinSqlCap } from "../formats/sql-file.js";
import { type Artifact, type Download, downloadArtifact, listArtifacts } from "../github/artifacts.js";
import type { GitHub, RepositoryName } from "../github/call.js";
import type { ResultFile } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { type Archive, ArchiveError } from "../sandbox/archive.js";
import type { ExpectedRun, HeadResults } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { isReadable, readArtifact, tooLarge, unread } from "./read-artifact.js";
import { type ArtifactCaps, artifactCaps } from "./result-cap.js";

/** Where artifacts are read from. */
export interface RunPlace extends Pick<Dependencies, "apiUrl" | "openArchive" | "resultCap"> {
  readonly github: GitHub;
  readonly repository: RepositoryName;
}

const notRead = (message: Text): Problem => ({
  level: "error",
  code: "artifact-unread",
  message,
  remedy: text`run the workflow again on this head`,
});

function refusalOf(download: Exclude<Download, { status: "downloaded" }>, name: string, { zipBytes }: ArtifactCaps): Problem {
  if (download.status === "expired") return notRead(text`the artifact ${name} has expired`);
  if (download.status === "refused") return notRead(download.reason);
  return tooLarge(text`${overCap(download.bytes, zipBytes)} for an artifact's zip`);
}

/** The zip is held here only while it is on its way into the child. */
async function opened(place: RunPlace, artifact: Artifact, caps: ArtifactCaps): Promise<Archive | { readonly problem: Problem }> {
  const download = await downloadArtifact(place.github, place.repository, artifact, { apiUrl: place.apiUrl, zipBytes: caps.zipBytes });
  if (download.status !== "downloaded") return { problem: refusalOf(download, artifact.name, caps) };
  return await place.openArchive(download.zip, { ...caps, wanted: isReadable });
}

async function readOne(place: RunPlace, artifact: Artifact, config: Config): Promise<readonly ResultFile[]> {
  const caps = artifactCaps(place.resultCap);
  const archive = await opened(place, artifact, caps);
  if ("problem" in archive) return [{ file: artifact.name, run: unread(archive.problem) }];
  if ("refused" in archive) return [{ file: artifact.name, run: unread(notRead(archive.refused)) }];
  try {
    return await readArtifact(artifact.name, archive, config, caps);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return [{ file: artifact.name, run: unread(notRead(error.sentence)) }];
  } finally {
    archive.close();
  }
}

/** Every result file in the matching artifacts of one attempt of a run. @throws GitHubError */
export async function readRun(place: RunPlace, run: ExpectedRun, config: Config): Promise<readonly HeadResults[]> {
  const artifacts = await listArtifacts(place.github, place.repository, run, config.evidence.artifacts);
  const { id, attempt, url, workflow } = run;
  const source = { id, attempt, url, ...(workflow !== undefined && { workflow }) };
  const results: HeadResults[] = [];
  for (const artifact of artifacts)
    for (const result of await readOne(place, artifact, config)) results.push({ ...result, source, artifact: artifact.id });
  return withinSqlCap(results);
}
