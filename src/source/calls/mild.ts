import type { CallFact, FileFacts, LoopFact } from "../../model/source.js";
import { isOnlyMade } from "./lazy-maps.js";
import { names, wordsOf } from "./names.js";
import { isNeededLater } from "./needed-later.js";
import { perFile } from "./per-file.js";
import { hasOwnTransaction, isAtStart, isLocking, isOverDue } from "./rounds.js";
import * as data from "./stores.js";
import { isWrittenAlone } from "./written-alone.js";

/** Functions within functions that are looked through; nobody writes more. */
const DEPTH = 12;

type IsMild = (call: CallFact, file: FileFacts, loop: LoopFact) => boolean;

/** A database within the process: a query costs no round trip. */
const SQLITE = /(?:^|[/_.-])sqlite3?(?:[/_.-])/i;

/** Words in the name of a function that fills a database once. */
const FILLING = names("seed seeds seeder seeding populate bootstrap migrate migration migrations backfill demo fixture fixtures");

/** A method that writes or reads many at once, by its name: `CreateTasks`, `ListPaginatedPayloads`. */
const WRITES_MANY =
  /^(?:Create|Insert|Update|Delete|Upsert|Save|Add|Remove|Replay|Link|Store)[A-Z]\w*[^aisu]s(?:[A-Z]\w*)?$|Paginated|Batch|Chunk/;
const MAKES_MANY = names("createMany* insertMany bulk* addBulk createInBatches");
/** A query that is given a list: `id__in=ids`, `{ id: { in: ids } }`, `= ANY($1)`. */
const GIVEN_LIST = /\bin: ?[[\w{]|\$in\b|\binArray\(|= ?ANY ?\(|\bIN ?\(\$\{/;

const KEYS = /(?:Ids|IDs|UUIDs|_ids|Keys)$/;

/** Calls by where they begin: those of one chain. */
const chains = perFile(({ calls }) => {
  const by = new Map<number, CallFact[]>();
  for (const call of calls) by.set(call.start, [...(by.get(call.start) ?? []), call].slice(0, DEPTH));
  return by;
});

const asksForMany: IsMild = (call, file) =>
  (file.language === "go" && WRITES_MANY.test(call.method)) ||
  call.chain.some(MAKES_MANY) ||
  (chains(file).get(call.start) ?? [call]).some(isGivenList);

const isGivenList = ({ arguments: given }: CallFact): boolean =>
  given.some(({ keyword, kind, text }) => keyword?.endsWith("__in") || GIVEN_LIST.test(text) || (kind === "identifier" && KEYS.test(text)));

/** The functions around a call, the innermost first. */
function around({ function: innermost }: CallFact, { functions }: FileFacts): readonly FileFacts["functions"][number][] {
  const found: FileFacts["functions"][number][] = [];
  for (let at = innermost; at !== null && found.length < DEPTH; at = functions[at]?.function ?? null) {
    const here = functions[at];
    if (here) found.push(here);
  }
  return found;
}

/** What is asked depends on nothing but what the function was given: it is the same in each round, so most rounds ask nothing. */
const asksTheSame: IsMild = (call, file) => {
  const given = new Set([...around(call, file).flatMap(({ parameters }) => parameters), call.receiver[0] ?? ""]);
  return (
    call.arguments.length > 1 &&
    call.arguments.every(({ kind, text }) => (kind === "identifier" || kind === "member") && given.has(text.split(".")[0] ?? ""))
  );
};

const isFilling: IsMild = (call, { functions }) => wordsOf(functions[call.function ?? -1]?.path ?? "").some(FILLING);

/** An action on a page of Django's admin: somebody ticked the records, and the page waits. */
const isOfAdmin: IsMild = (call, { language, path, functions }) =>
  language === "python" &&
  (/(?:^|\/)admin(?:\.py$|\/)/.test(path) || /(?:^|\.)\w*Admin\./.test(functions[call.function ?? -1]?.path ?? ""));

/** A queryset that nothing has asked for yet: it is kept, or handed to what builds another one of it. */
const isKept: IsMild = ({ method, use }, { language, calls }) => {
  if (language !== "python" || !data.DJANGO_LAZY(method)) return false;
  return use.how === "assigned" || (use.how === "argument" && !data.PYTHON_ASKING(calls[use.of ?? -1]?.method ?? ""));
};

/** `for …: return query()` ends with the first round that comes so far. */
const endsTheLoop: IsMild = ({ use, function: at }, _, { kind, function: around }) =>
  use.how === "returned" && at === around && kind !== "callback" && kind !== "comprehension";

/** Written only where nobody else has written meanwhile: that is found out one by one. */
const isGuarded: IsMild = ({ method }) => /OptLock|Optimistic|CompareAnd/.test(method);

/** Lines of a loop whose rounds do so much that one query is not what takes the time. */
const LONG = 90;

const isLong: IsMild = (_, __, { line, endLine }) => endLine - line > LONG;

/** `for …: found = query(); if found: return found` asks until it has one. */
const asksUntilFound: IsMild = ({ use, line }, { flows }, { endLine }) =>
  use.how === "assigned" &&
  use.names[0] !== undefined &&
  flows.some(({ how, name, line: at }) => how === "returned" && name === use.names[0] && at >= line && at <= endLine);

/** `NextID(ctx)` gives a key to each: it asks for nothing. */
const makesKey: IsMild = ({ method }) => /^(?:gen|generate|next|allocate)\w{0,20}Id/i.test(method);

const isJournal: IsMild = ({ receiver }) => receiver.some((name) => wordsOf(name).some(data.JOURNALS));

const MILD: readonly IsMild[] = [
  (_, { path }) => SQLITE.test(path),
  // It runs until something is done or somebody stops it; that its rounds grow with data is seldom so.
  (_, __, { kind }) => kind === "while",
  isKept,
  isJournal,
  isGuarded,
  isLong,
  asksUntilFound,
  endsTheLoop,
  asksForMany,
  asksTheSame,
  isFilling,
  (call) => call.whenMissing,
  isAtStart,
  isOverDue,
  isWrittenAlone,
  isLocking,
  hasOwnTransaction,
  makesKey,
  (_, __, { afterFailure }) => afterFailure,
  isOfAdmin,
  isNeededLater,
  isOnlyMade,
];

/** Whether a query in a loop is less sure to be one too many: a question at most. */
export const isMild: IsMild = (call, file, loop) => MILD.some((is) => is(call, file, loop));
