import { FormatError, type Origin, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { type Disguise, disguise } from "./bytes.js";
import { type Caps, DEFAULT_CAPS, overCap } from "./caps.js";
import { type Begun, begin, OverCap, upTo } from "./head.js";
import { alsoIn } from "./mixed.js";
import { formats } from "./registry.js";
import { isSqlFileName, readSqlFile } from "./sql-file.js";
import { unknownFormat } from "./unrecognized.js";
import { usable } from "./usable.js";

/**
 * A run; or a file that is nobody's, which is only named, with its format where it is one of an earlier run;
 * or a broken result file, which is an error.
 */
export type ReadResult =
  | { readonly run: ParsedRun }
  | { readonly unrecognized: Problem; readonly format?: string }
  | { readonly broken: Problem };

/** Everything but the bytes that a file's reading may depend on. */
export interface ReadOptions {
  /** The App's by default. */
  readonly caps?: Caps;
  /** Length in bytes, where it is known beforehand; for the messages only. */
  readonly size?: number;
  /** Id of the format that the configuration names for this file: its content is not asked then. */
  readonly configured?: string;
  readonly origin?: Origin;
  readonly known?: readonly ResultFormat[];
}

const HEAD = 65_536;
const MOST_MEASUREMENTS = 20_000;
const MOST_PROBLEMS = 100;
/** Code of a file that a tool keeps of an earlier run: it lies beside this run's, and is only named. */
const NOT_THIS_RUN = "not-this-run";

const broken = (file: string, code: string, message: Text, remedy: Text, line?: number): ReadResult => ({
  broken: { level: "error", code, message, remedy, file, ...(line === undefined ? {} : { line }) },
});

const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));

const isUtf16 = (found: Disguise | undefined) => found === "utf-16le" || found === "utf-16be";

/** UTF-16 is looked at as if it were UTF-8, so that a result file in it is told from any other text. */
function asUtf8(head: Uint8Array): Uint8Array {
  const found = disguise(head);
  return isUtf16(found) ? new TextEncoder().encode(new TextDecoder(found).decode(head)) : head;
}

function capped(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MOST_PROBLEMS;
  if (more <= 0) return problems;
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    { level: "error", code: "more-problems", message: text`${more} more problems in this file are not listed` },
  ];
}

const capOf = ({ streams, share = 1 }: ResultFormat, { whole, streamed }: Caps): number => (streams ? streamed * share : whole);

function tooLarge(file: string, format: ResultFormat, { whole, streamed, raise }: Caps, size: number | undefined): ReadResult {
  const smaller = text`write a smaller result file, with fewer samples in it`;
  if (!format.streams) return broken(file, "too-large", text`${overCap(size, whole)} of a format that is read as a whole`, smaller);
  return broken(
    file,
    "too-large",
    overCap(size, capOf(format, { whole, streamed })),
    raise === undefined ? smaller : text`${smaller}, or ${raise}`,
  );
}

async function parsed(file: string, format: ResultFormat, content: AsyncIterable<Uint8Array>, origin: Origin): Promise<ReadResult> {
  try {
    const run = await format.parse(content, origin);
    if (run.measurements.length > MOST_MEASUREMENTS)
      throw new FormatError("too-many", text`the file holds more than ${MOST_MEASUREMENTS} measurements`, text`give it in several files`);
    const checked = usable(run);
    return { run: { ...checked, problems: capped(checked.problems).map((problem) => ({ ...problem, file })) } };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const message = text`${[format.title]}: ${error.sentence}`;
    if (error.code === NOT_THIS_RUN)
      return {
        unrecognized: { level: "warning", code: error.code, message: text`not read: ${message}`, remedy: error.remedy, file },
        format: format.id,
      };
    return broken(file, error.code, message, error.remedy, error.line);
  }
}

async function withinCap(
  file: string,
  format: ResultFormat,
  content: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<ReadResult> {
  const { caps = DEFAULT_CAPS, size } = options;
  const origin = { name: file, sibling: async () => undefined, ...options.origin, room: caps.streamed / DEFAULT_CAPS.streamed };
  const cap = capOf(format, caps);
  if (size !== undefined && size > cap) return tooLarge(file, format, caps, size);
  try {
    return await parsed(file, format, upTo(cap, content), origin);
  } catch (error) {
    if (error instanceof OverCap) return tooLarge(file, format, caps, size);
    throw error;
  }
}

const emptyFile = (file: string): ReadResult =>
  broken(
    file,
    "empty-file",
    text`the file is empty, which is what a tool leaves behind when nothing ran`,
    text`check that the benchmarks were selected and the run did not stop early`,
  );

function chosen(name: string, start: Uint8Array, { configured, known = formats }: ReadOptions): ResultFormat | ReadResult {
  const head = asUtf8(start);
  const matches = known.filter((format) => (configured === undefined ? format.recognizes(head) : format.id === configured));
  const [format] = matches;
  const others = configured === undefined && format !== undefined ? alsoIn(head, known) : [];
  const all = [...new Set([...matches, ...others])];
  if (configured !== undefined && format === undefined) {
    const ids = known.map(({ id }) => id).join(", ");
    return broken(
      name,
      "no-such-format",
      text`the configuration names the format ${configured}, which there is not`,
      text`write one of ${[ids]}`,
    );
  }
  if (format === undefined || all.length > 1) return { unrecognized: unknownFormat(name, start, all, known) };
  return head === start ? format : broken(name, "utf-16", text`the file is UTF-16 text`, text`save as UTF-8`);
}

async function readBegun(name: string, begun: Begun, options: ReadOptions): Promise<ReadResult> {
  if (isSqlFileName(name)) return { run: await readSqlFile(name, begun.content) };
  if (begun.whole && isBlank(begun.head)) return emptyFile(name);
  const format = chosen(name, begun.head.subarray(0, HEAD), options);
  return "parse" in format ? await withinCap(name, format, begun.content, options) : format;
}

/**
 * Reads one result file of any known format, recognised by its content unless the configuration names one.
 * A format that streams is handed the file as it comes; its memory does not grow with the file.
 *
 * @param name for the messages, and for the SQL that stands beside results, which is known by its name
 * @param chunks may throw a FormatError of its own, where the bytes are packed and the packing is damaged
 * @returns measurements in SI units, each of them possible; or why there are none. Whatever the bytes are,
 * nothing is thrown; errors of the stream itself pass through.
 */
export async function readResultFile(name: string, chunks: AsyncIterable<Uint8Array>, options: ReadOptions = {}): Promise<ReadResult> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    return await readBegun(name, await begin(source, HEAD), options);
  } catch (error) {
    if (error instanceof FormatError) return broken(name, error.code, error.sentence, error.remedy, error.line);
    throw error;
  } finally {
    await source.return?.();
  }
}
