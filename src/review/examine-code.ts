import type { CollectedEvidence } from "../model/evidence.js";
import type { ChecklistItem, Rule } from "../model/rule.js";
import type { FileFacts, PathClass, Source } from "../model/source.js";
import { join, type Text, text } from "../model/text.js";
import { languageNames } from "../source/language.js";
import { count, type Examination, notApplicable, partial, searched } from "./examination.js";

interface Line {
  /** What a reading of the code cannot see. */
  readonly unseen: Text;
  /** What a person has to look for, where no rule does. */
  readonly lookFor: string;
}

/** The lines that a reading of the code helps to answer. */
const LINES = {
  "queries/no-n-plus-one": {
    unseen: text`queries in helpers, lazy attributes, serializers, resolvers and templates are not seen`,
    lookFor: "queries in loops",
  },
  "algorithms/complexity": { unseen: text`only searches in loops are looked for`, lookFor: "work that grows faster than its input" },
  "algorithms/no-io-in-loops": { unseen: text`calls in helpers are not seen`, lookFor: "file and network calls in loops" },
  "resources/released": { unseen: text`only what one function opens is followed`, lookFor: "connections and handles left open" },
  "resources/bounded": {
    unseen: text`only response bodies and query results are looked at`,
    lookFor: "queues, caches and buffers without a limit",
  },
  "resources/timeouts": { unseen: text`time-outs of clients made elsewhere are not seen`, lookFor: "remote calls without a time-out" },
} satisfies Partial<Record<ChecklistItem, Line>>;

const NOT_RUN: Readonly<Partial<Record<PathClass, string>>> = {
  test: "tests",
  bench: "benchmarks",
  generated: "generated code",
  vendor: "vendored code",
  script: "scripts",
  migration: "migrations",
};

const others = (n: number): Text => (n > 0 ? text` (and ${n} more)` : []);

function skipped({ skipped: all }: Source): Text | null {
  const [first] = all;
  return first ? text`${first.path}: ${first.reason}${others(all.length - 1)}` : null;
}

/** Classes among these files, in words: `tests, scripts`. */
const classes = (files: readonly FileFacts[], left: Source["left"]): Text => {
  const found = new Set<string>([...Object.keys(left), ...files.map((file) => file.class)]);
  return [
    Object.entries(NOT_RUN)
      .flatMap(([of, name]) => (found.has(of) ? [name] : []))
      .join(", "),
  ];
};

/** Languages of code for production that no rule of a line reads. */
function unreadLanguages(files: readonly FileFacts[]): Text | null {
  const running = files.filter(({ class: of }) => of === "server" || of === "browser");
  const languages = [...new Set(running.map(({ language }) => languageNames[language]))].map((name) => [name]);
  return languages.length === 0 ? null : text`no rule for ${join(languages, ", ")}`;
}

const told = (parts: readonly (Text | null)[]): Text =>
  join(
    parts.flatMap((part) => (part ? [part] : [])),
    "; ",
  );

function examined(source: Source, readers: readonly Rule[], { unseen, lookFor }: Line): Examination {
  const files = source.files.flatMap(({ head }) => head ?? []);
  const read = files.filter((file) => readers.some((rule) => rule.reads?.(file)));
  const [unread, unruled] = [skipped(source), unreadLanguages(files.filter((file) => !read.includes(file)))];
  if (read.length > 0)
    return searched(count(read.length, "source file"), told([unseen, unread && text`not checkable here: ${unread}`, unruled]));
  if (unread || unruled) return partial(text`${told([unread, unruled])}: look for ${[lookFor]}, then tick this line`);
  const what = classes(files, source.left);
  return notApplicable(what.join("") === "" ? text`no source code is left at the head` : text`no changed code but ${what}`);
}

/** A line about which code can say that something was found, and never that all is well. */
export function searchedCode(item: keyof typeof LINES): (evidence: CollectedEvidence, ran: readonly Rule[]) => Examination {
  return ({ source, changes }, ran) => {
    const readers = ran.filter((rule) => rule.answers === item && rule.reads !== undefined);
    if (source.status === "collected") return examined(source.value, readers, LINES[item]);
    const changed = changes.status === "collected" ? changes.value.files.length : 0;
    return notApplicable(text`${count(changed, "changed file")}, none of them source code`);
  };
}
