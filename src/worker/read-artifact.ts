import type { Config } from "../config/config.js";
import { configuredFormat } from "../config/configured-format.js";
import { matchesGlob } from "../config/glob.js";
import { overCap } from "../formats/caps.js";
import { claimOf, companions } from "../formats/companions.js";
import { type ReadResult, readResultFile } from "../formats/read.js";
import { isSqlFileName } from "../formats/sql-file.js";
import type { ResultFile } from "../model/evidence.js";
import type { ParsedRun, Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { type ArchiveEntry, ArchiveFull, type OpenArchive } from "../sandbox/archive.js";
import { archiveOrigin } from "./archive-origin.js";
import { type ArtifactCaps, RAISE } from "./result-cap.js";

/** Entries that are worth opening; anything else in an artifact is left alone. */
const READABLE = ["json", "jsonl", "ndjson", "csv", "txt", "log", "jtl"].flatMap((ending) => [`**/*.${ending}`, `**/*.${ending}.gz`]);

export const isReadable = (name: string): boolean => isSqlFileName(name) || READABLE.some((pattern) => matchesGlob(pattern, name));

/** An artifact, or a file of it, that gives no measurements, and why. */
export const unread = (problem: Problem): ParsedRun => ({ format: "unread", measurements: [], problems: [problem] });

/** What is too large, and what helps. */
export const tooLarge = (message: Text): Problem => ({
  level: "error",
  code: "too-large",
  message,
  remedy: text`upload smaller result files, such as the tool's summary, or ${RAISE}`,
});

interface Read {
  readonly entry: ArchiveEntry;
  readonly file: string;
  readonly result: ReadResult;
}

/** Reads one artifact's entries, each by itself; built for a single use. */
class ArtifactReader {
  private readonly artifact: string;
  private readonly entries: readonly ArchiveEntry[];
  private readonly config: Config;
  private readonly caps: ArtifactCaps;

  constructor(artifact: string, { entries }: OpenArchive, config: Config, caps: ArtifactCaps) {
    this.artifact = artifact;
    this.entries = entries;
    this.config = config;
    this.caps = caps;
  }

  async read(): Promise<readonly Read[]> {
    const reads: Read[] = [];
    for (const entry of this.entries) {
      const file = `${this.artifact}/${entry.name}`;
      try {
        reads.push({ entry, file, result: await this.one(entry, file) });
      } catch (error) {
        if (!(error instanceof ArchiveFull)) throw error;
        return [...reads, { entry, file, result: { broken: { ...tooLarge(this.full(reads.length)), file } } }];
      }
    }
    return reads;
  }

  private async one(entry: ArchiveEntry, file: string): Promise<ReadResult> {
    const configured = configuredFormat(this.config.formats, file);
    return await readResultFile(file, entry.open(), {
      caps: this.caps.file,
      ...(!entry.name.endsWith(".gz") && { size: entry.size }),
      ...(configured !== undefined && { configured }),
      origin: archiveOrigin(this.entries, entry.name, this.config.evidence),
    });
  }

  private full(before: number): Text {
    const after = this.entries.length - before - 1;
    const sum = this.entries.reduce((bytes, { size }) => bytes + size, 0);
    const others = after === 0 ? [] : text`; the ${after} files after it are not read either`;
    return text`${overCap(sum, this.caps.unpackedBytes)} for all files of an artifact together${others}`;
  }
}

function runOf(result: ReadResult): ParsedRun {
  if ("run" in result) return result.run;
  return unread("broken" in result ? result.broken : { ...result.unrecognized, level: "warning" });
}

/**
 * Every result file of an artifact, each read by itself. What no format recognises is named, and is no error: artifacts
 * hold other things too. What only belongs to a result file beside it is not mentioned.
 * @throws ArchiveError
 */
export async function readArtifact(
  artifact: string,
  archive: OpenArchive,
  config: Config,
  caps: ArtifactCaps,
): Promise<readonly ResultFile[]> {
  const reads = await new ArtifactReader(artifact, archive, config, caps).read();
  const belongs = companions(reads.flatMap(({ entry, result }) => claimOf(entry.name, result)));
  return reads
    .filter(({ entry, result }) => !("unrecognized" in result && belongs(entry.name)))
    .map(({ file, result }) => ({ file, run: runOf(result) }));
}
