import { STATISTICS_BYTES } from "../config/file.js";
import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { type ExportedStatistics, type StatisticsReader, statisticsReader } from "../sql/read-statistics.js";
import { type Piece, split } from "../sql/split.js";
import type { ParsedSql, ParseSql } from "./sources.js";

/** A statistics file as read, or the problem for which all of it is left out. */
export type ReadStatistics = { readonly exported: ExportedStatistics } | { readonly refused: Problem };

/** A part of the text that the parser takes at once: its caps are those of a pull request's file. */
interface Chunk {
  readonly start: number;
  readonly sql: string;
}

const CHUNK_STATEMENTS = 1_000;
const CHUNK_CHARACTERS = 120_000;

function chunksOf(sql: string, pieces: readonly Piece[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let first: Piece | undefined;
  let count = 0;
  for (const [index, piece] of pieces.entries()) {
    first ??= piece;
    count += 1;
    const end = pieces[index + 1]?.end;
    if (end !== undefined && count < CHUNK_STATEMENTS && end - first.start < CHUNK_CHARACTERS) continue;
    chunks.push({ start: first.start, sql: sql.slice(first.start, piece.end) });
    first = undefined;
    count = 0;
  }
  return chunks;
}

const lineAt = (sql: string, offset: number): number => sql.slice(0, offset).split("\n").length;

const refusal = (path: string, why: Text, line?: number): { readonly refused: Problem } => ({
  refused: {
    level: "warning",
    code: "statistics-refused",
    message: text`the statistics file is left out: ${why}`,
    remedy: text`make it anew with redline stats export, and change nothing in it`,
    file: path,
    ...(line !== undefined && { line }),
  },
});

/** Why this chunk spoils the file, with the offset of the statement. */
function takeChunk(reader: StatisticsReader, parsed: ParsedSql): { readonly at: number; readonly why: Text } | null {
  if ("refused" in parsed) return { at: 0, why: parsed.refused };
  for (const statement of parsed.statements) {
    const why = "tree" in statement ? reader.take(statement.tree) : text`the statement does not parse: ${statement.error}`;
    if (why !== null) return { at: statement.start, why };
  }
  return null;
}

/**
 * The statistics of a file's text. Parsed in the killable child and taken as data; one statement that has no place in
 * such a file refuses all of it.
 */
export async function readStatisticsFile(path: string, sql: string, parseSql: ParseSql): Promise<ReadStatistics> {
  if (sql.length > STATISTICS_BYTES) return refusal(path, text`it is larger than ${STATISTICS_BYTES / 1024} KB`);
  const chunks = chunksOf(sql, split(sql, "postgresql"));
  const parsed = await parseSql(chunks.map((chunk) => ({ path, dialect: "postgresql", sql: chunk.sql })));
  const reader = statisticsReader();
  for (const [index, chunk] of chunks.entries()) {
    const fault = takeChunk(reader, parsed[index] ?? { refused: text`it was not parsed` });
    if (fault) return refusal(path, fault.why, lineAt(sql, chunk.start + fault.at));
  }
  return { exported: reader.taken };
}
