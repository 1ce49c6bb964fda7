import type { Config } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import type { FileFacts, Language, PathClass, Source, SourceFile } from "../model/source.js";
import { type Text, text } from "../model/text.js";
import { languageOf } from "../source/language.js";
import { languageTables } from "../source/languages/registry.js";
import { addedLines } from "./added-lines.js";
import { pathClass } from "./path-class.js";
import { isSource, matchesAny } from "./path-kinds.js";
import type { ReadFact, ReadFacts, SourceText } from "./sources.js";

/** A changed source file that is to be read. */
interface Wanted {
  readonly file: ChangedFile;
  readonly class: PathClass;
  readonly language: Language;
}

/** No source rule looks at these. */
const LEFT: ReadonlySet<PathClass> = new Set(["generated", "vendor", "test", "bench"]);
/** When the time runs out, what serves requests has been read. */
const ORDER: readonly PathClass[] = ["server", "browser", "script", "migration"];

type Sorted = Wanted | { readonly left: PathClass } | { readonly skipped: Text };

const isUnchanged = (file: ChangedFile): boolean => file.head !== undefined && file.head === file.base;

function whyUnread(file: ChangedFile): Text | null {
  if (file.unread !== undefined)
    return file.unread.startsWith("larger") ? text`skipped: too large` : text`its contents were not read (${file.unread})`;
  return file.head === undefined && file.base === undefined ? text`its contents are not known` : null;
}

/** Of what is gone nothing can be new; it only tells what was moved. */
const isKnown = (file: ChangedFile): boolean => file.status !== "removed" || (file.base !== undefined && file.unread === undefined);

function sorted(file: ChangedFile, config: Config): Sorted {
  const of = pathClass(file.path, file.head ?? file.base ?? "", config.paths);
  if (LEFT.has(of)) return { left: of };
  const language = languageOf(file.path);
  if (language === null || !languageTables[language]) return { skipped: text`language not supported` };
  const unread = whyUnread(file);
  return unread ? { skipped: unread } : { file, class: of, language };
}

const textOf = ({ file, language }: Wanted, source: string | undefined): readonly SourceText[] =>
  source === undefined ? [] : [{ path: file.path, language, text: source }];

/** A side that is not there has no facts; one that could not be read takes the whole file with it: nothing could be called new. */
function sides({ file, class: of }: Wanted, answers: readonly ReadFact[]): SourceFile | { readonly skipped: Text } {
  const given = [...answers];
  const next = (source: string | undefined): FileFacts | null | { readonly skipped: Text } => {
    if (source === undefined) return null;
    const answer = given.shift() ?? { refused: text`not analysed: time budget` };
    return "refused" in answer ? { skipped: answer.refused } : { path: file.path, class: of, ...answer.facts };
  };
  const head = next(file.head);
  if (head && "skipped" in head) return head;
  const base = next(file.base);
  if (base && "skipped" in base) return { skipped: text`at the base: ${base.skipped}` };
  return { path: file.path, head, base, added: file.head === undefined ? [] : addedLines(file.base ?? "", file.head) };
}

const countOf = (left: readonly PathClass[]): Source["left"] => {
  const counts = new Map<PathClass, number>();
  for (const of of left) counts.set(of, (counts.get(of) ?? 0) + 1);
  return Object.fromEntries(counts);
};

/**
 * What the changed source code says at head and base: whole files, in the languages that have a table. Ignored paths,
 * and files in which nothing changed but their name, are left out.
 */
export async function collectSource(snapshot: Snapshot, readFacts: ReadFacts, config: Config): Promise<Collected<Source>> {
  const changed = snapshot.files.filter(
    (file) => isSource(file.path) && isKnown(file) && !isUnchanged(file) && !matchesAny(config.paths.ignore, file.path),
  );
  if (changed.length === 0) return { status: "absent", reason: text`no source code was added or changed` };
  const kinds = changed.map((file) => ({ path: file.path, is: sorted(file, config) }));
  const wanted = kinds
    .flatMap(({ is }) => ("file" in is ? [is] : []))
    .toSorted((one, other) => ORDER.indexOf(one.class) - ORDER.indexOf(other.class));
  const asked = wanted.map((one) => [...textOf(one, one.file.head), ...textOf(one, one.file.base)]);
  const answers = wanted.length === 0 ? [] : [...(await readFacts(asked.flat()))];
  const read = wanted.map((one, index) => ({ path: one.file.path, is: sides(one, answers.splice(0, asked[index]?.length ?? 0)) }));
  const gone = new Set(changed.flatMap(({ path, status }) => (status === "removed" ? [path] : [])));
  return {
    status: "collected",
    value: {
      files: read.flatMap(({ is }) => ("skipped" in is ? [] : [is])),
      skipped: [...kinds, ...read].flatMap(({ path, is }) => ("skipped" in is && !gone.has(path) ? [{ path, reason: is.skipped }] : [])),
      left: countOf(kinds.flatMap(({ is }) => ("left" in is ? [is.left] : []))),
    },
  };
}
