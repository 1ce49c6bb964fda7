import { FormatError, type Origin, type ParsedRun, type Problem, type ResultFormat } from "../model/measurement.js";
import { figure, type Text, text } from "../model/text.js";
import { type Disguise, disguise, gather, withoutMark } from "./bytes.js";
import { formats } from "./registry.js";
import { unknownFormat } from "./unrecognized.js";
import { usable } from "./usable.js";

/** A run; or a file that is nobody's, which is only named; or a broken result file, which is an error. */
export type ReadResult = { readonly run: ParsedRun } | { readonly unrecognized: Problem } | { readonly broken: Problem };

const DEFAULT_CAP = 50_000_000;
const HEAD = 65_536;
const MOST_MEASUREMENTS = 20_000;
const MOST_PROBLEMS = 100;

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

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function capped(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - MOST_PROBLEMS;
  if (more <= 0) return problems;
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    { level: "error", code: "more-problems", message: text`${more} more problems in this file are not listed` },
  ];
}

async function parsed(file: string, format: ResultFormat, bytes: Uint8Array, origin: Origin): Promise<ReadResult> {
  try {
    const run = await format.parse(once(bytes), origin);
    if (run.measurements.length > MOST_MEASUREMENTS)
      throw new FormatError("too-many", text`the file holds more than ${MOST_MEASUREMENTS} measurements`, text`give it in several files`);
    const checked = usable(run);
    return { run: { ...checked, problems: capped(checked.problems).map((problem) => ({ ...problem, file })) } };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return broken(file, error.code, text`${[format.title]}: ${error.sentence}`, error.remedy, error.line);
  }
}

const emptyFile = (file: string): ReadResult =>
  broken(
    file,
    "empty-file",
    text`the file is empty, which is what a tool leaves behind when nothing ran`,
    text`check that the benchmarks were selected and the run did not stop early`,
  );

/**
 * Reads one result file of any known format, recognised by its content.
 *
 * @param name for the messages only
 * @param caps `bytes`: reading stops beyond it, 50 MB by default
 * @returns measurements in SI units, each of them possible; or why there are none. Whatever the bytes are,
 * nothing is thrown; errors of the stream itself pass through.
 */
export async function readResultFile(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  caps: { readonly bytes: number } = { bytes: DEFAULT_CAP },
  known: readonly ResultFormat[] = formats,
  origin: Origin = { name, sibling: async () => undefined },
): Promise<ReadResult> {
  const { bytes, whole } = await gather(chunks, caps.bytes);
  const content = withoutMark(bytes);
  if (whole && isBlank(content)) return emptyFile(name);
  const start = content.subarray(0, HEAD);
  const head = asUtf8(start);
  const matches = known.filter((format) => format.recognizes(head));
  const [format] = matches;
  if (format === undefined || matches.length > 1) return { unrecognized: unknownFormat(name, start, matches, known) };
  const megabytes = figure(`${caps.bytes / 1e6} MB`);
  if (!whole) return broken(name, "too-large", text`not read: more than ${megabytes}, the cap`, text`write a smaller result file`);
  if (head !== start) return broken(name, "utf-16", text`the file is UTF-16 text`, text`save as UTF-8`);
  return parsed(name, format, content, origin);
}
