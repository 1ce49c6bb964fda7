import { FormatError, type ParsedRun } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { concatenated } from "./bytes.js";
import { OverCap, upTo } from "./head.js";

/** The format's id of a run that is no run: a file of SQL that a workflow hands in beside its results. */
export const SQL_FILE = "sql";

/** As much as is read of a file of the repository; pg_dump needs some 300 bytes a column. */
const CAP = 512 * 1024;
/** Of one review, and of one workflow run: more than the migrations of a large pull request. */
const FILES = 20;

const NAME = /(?:^|\/)redline-(?:schema|migration[^/]{0,200})\.sql$/;

/** True for the SQL that is taken from a workflow, by the file's name alone. */
export const isSqlFileName = (name: string): boolean => NAME.test(name);

const refused = (file: string, why: Text): ParsedRun => ({
  format: SQL_FILE,
  measurements: [],
  problems: [{ level: "warning", code: "sql-not-read", message: text`not read: ${why}`, file }],
});

/** Reads it as text. What cannot be is named, and is no error: nothing is judged by it. Errors of the stream pass through. */
export async function readSqlFile(file: string, content: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const [chunks, state] = [[] as Uint8Array[], { length: 0 }];
  try {
    for await (const chunk of upTo(CAP, content)) state.length = chunks.push(chunk) && state.length + chunk.length;
    const sql = new TextDecoder("utf-8", { fatal: true }).decode(concatenated(chunks, state.length));
    return sql.includes("\0") ? refused(file, text`it is binary`) : { format: SQL_FILE, measurements: [], problems: [], sql };
  } catch (error) {
    if (error instanceof OverCap) return refused(file, text`it is larger than ${CAP / 1024} KB`);
    if (error instanceof FormatError) return refused(file, error.sentence);
    if (error instanceof TypeError) return refused(file, text`it is not UTF-8`);
    throw error;
  }
}

/** The files without the SQL that is too much: the first of those that are left out says so. */
export function withinSqlCap<File extends { readonly file: string; readonly run: ParsedRun }>(files: readonly File[]): readonly File[] {
  const beyond = files.filter(({ run }) => run.format === SQL_FILE).slice(FILES);
  const [first] = beyond;
  if (!first) return files;
  const dropped = new Set(beyond);
  const told = { ...first, run: refused(first.file, text`more than ${FILES} files of SQL were handed in`) };
  return files.flatMap((file) => (file === first ? [told] : dropped.has(file) ? [] : [file]));
}
