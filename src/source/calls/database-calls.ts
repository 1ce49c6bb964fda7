import type { CallFact, FileFacts, Language } from "../../model/source.js";
import { bare, beginningOf, holderOf, isCapitalised, isConstant, type Names, wordsOf } from "./names.js";
import { perFile } from "./per-file.js";
import * as data from "./stores.js";

/** Batches that are looked for in one file. */
const BATCHES = 100;

type IsQuery = (call: CallFact, file: FileFacts) => boolean;

const given = (call: CallFact, at: number): string => call.arguments[at]?.text ?? "";

const callOf = (file: FileFacts, at: number | null): CallFact | null => (at === null ? null : (file.calls[at] ?? null));

const batches = perFile(({ calls }) => calls.filter(({ method }) => data.SCRIPT_BATCHES(method)).slice(0, BATCHES));

/** Whether a call is one of many that are sent at once. */
function isBatched(call: CallFact, file: FileFacts): boolean {
  return batches(file).some((around) => around.start < call.start && call.end < around.end);
}

const ofStore = (receiver: readonly string[], holders: Names): boolean => receiver.some((name) => holders(bare(name)));

/** A query that is awaited, or handed on as a promise by a callback of `map`. */
function isScriptQuery(call: CallFact, file: FileFacts): boolean {
  const own = data.stores[file.language];
  const { receiver, method, chain } = call;
  if (!own || receiver.some((name) => data.SCRIPT_NOT_STORES(bare(name)))) return false;
  if (!ofStore(receiver, own.holders)) return call.awaited && isRecordQuery(call, own.verbs, file);
  if (!call.awaited && call.use.how !== "returned") return false;
  return (own.verbs(method) || chain.some(own.verbs)) && !isBatched(call, file);
}

/** Classes that are asked for records, and records that save themselves, are those of an ORM or come from where models are kept. */
const hasModels = perFile(({ path, imports }) =>
  [path, ...imports.map(({ module }) => module)].some((name) => data.SCRIPT_ORMS.test(name) || wordsOf(name).some(data.SCRIPT_MODELS)),
);

/** `knex("orders").where(…)`, `order.save()`, `User.find()`. */
function isRecordQuery({ receiver, method, chain, root, arguments: passed }: CallFact, verbs: Names, file: FileFacts): boolean {
  if (!hasModels(file)) return false;
  if (data.SCRIPT_TABLE_FUNCTIONS(chain[0] ?? "") && chain.length > 1) return true;
  if (data.SCRIPT_RECORD_VERBS(method))
    return !data.SCRIPT_NOT_RECORDS(bare(receiver.at(-1) ?? "doc")) && root === "name" && passed.every(({ kind }) => kind === "object");
  return isModel(receiver) && verbs(method);
}

/** `User.find()` and `models.User.find()`: a class that is asked for its records. */
function isModel(receiver: readonly string[]): boolean {
  const last = receiver.at(-1) ?? "";
  return isCapitalised(last) && !isConstant(last);
}

/** The call that a query is handed to: it becomes a part of another query there, or of a form. */
function isComposed(call: CallFact, file: FileFacts): boolean {
  const around = callOf(file, call.use.of);
  if (call.use.how !== "argument" || !around) return false;
  const place = around.arguments.find((argument) => file.calls[argument.call ?? -1] === call);
  return place?.keyword === "queryset" || data.DJANGO_COMPOSING(around.method);
}

/** A queryset that is asked for something; `.all()` and `.none()` alone ask for nothing. */
function isDjangoQuery(call: CallFact, file: FileFacts): boolean {
  const { receiver, method, outermost } = call;
  const manager = receiver.lastIndexOf("objects");
  if (!outermost || manager < 1 || method === "none" || (method === "all" && manager === receiver.length - 1)) return false;
  // `model.objects` of a variable is one query for each class of records, of which there are few.
  if (!isCapitalised(receiver[manager - 1] ?? "")) return false;
  if (receiver.slice(0, manager).some(data.CACHED_LOOKUPS) || call.chain.some(data.BULK)) return false;
  return !isComposed(call, file);
}

/** `ctx`, `r.Context()`, `context.Background()`, `dbCtx`. */
const isContext = (text: string): boolean => /^(?:[\w.]*[cC]tx|c|[\w.]*[cC]ontext(?:\(\)|\.\w+\(.*)?|ctx\w*)$/.test(text);

function isGoQuery(call: CallFact): boolean {
  const holder = holderOf(call);
  const { method } = call;
  if (holder === "" || call.constructs || data.BULK(method)) return false;
  if (data.GO_SQL_CLIENTS(holder) && data.GO_SQL_VERBS(method)) return true;
  if (!isContext(given(call, 0))) return false;
  return data.GO_REPOSITORIES(holder) ? /^[A-Z]/.test(method) : data.GO_CLIENTS(holder) && data.GO_CLIENT_VERBS(method);
}

function isJavaQuery(call: CallFact): boolean {
  const own = data.stores.java;
  const holder = holderOf(call);
  if (!own || call.constructs || data.JAVA_NOT_STORES(holder) || data.BULK(call.method)) return false;
  return own.holders(holder) && own.verbs(call.method);
}

/** `Order` of `Shop::Order.where(x).first`; null where the chain begins with something else than a constant. */
export function rubyModel({ receiver }: CallFact): string | null {
  const end = receiver.findIndex((name) => !/^[A-Z]/.test(name));
  const constants = end < 0 ? receiver : receiver.slice(0, end);
  const last = constants.at(-1);
  if (last === undefined) return null;
  return isConstant(last) || constants.some(data.RUBY_NOT_MODELS) ? "" : last;
}

/** A chain on a model, or on an association, whose end runs it. */
function isRubyQuery(call: CallFact): boolean {
  const { receiver, method, chain, outermost } = call;
  if (!outermost || !data.RUBY_TERMINALS(method) || data.BULK(method)) return false;
  const model = rubyModel(call);
  if (model === null) return receiver.length > 1 && chain.some(data.RUBY_RELATION_METHODS);
  return model !== "" && chain.some(data.RUBY_QUERIES);
}

function isSharpQuery(call: CallFact): boolean {
  const own = data.stores["c-sharp"];
  const { receiver } = call;
  if (!own || call.constructs || receiver.some(data.SHARP_NOT_STORES)) return false;
  return ofStore(receiver, own.holders) && own.verbs(call.method);
}

function isPhpQuery(call: CallFact): boolean {
  const own = data.stores.php;
  const { receiver, method, chain } = call;
  const first = bare(beginningOf(call));
  if (!own || call.constructs) return false;
  if (own.holders(holderOf(call)) && own.verbs(method)) return true;
  if (first === "DB" && receiver.length > 0)
    return data.PHP_QUERIES(method) || own.verbs(method) || method === "select" || method === "statement";
  if (isCapitalised(first) && !data.PHP_NOT_MODELS(first))
    return receiver.length > 0 && data.PHP_QUERIES(method) && (chain.length > 1 || isStatic(call));
  if (chain.some(data.PHP_BUILDERS) && data.PHP_QUERIES(method)) return true;
  return method === "save" && call.arguments.length === 0 && receiver.length > 0;
}

const isStatic = ({ callee }: CallFact): boolean => callee.includes("::");

const QUERIES: Readonly<Partial<Record<Language, IsQuery>>> = {
  typescript: isScriptQuery,
  tsx: isScriptQuery,
  javascript: isScriptQuery,
  python: isDjangoQuery,
  go: isGoQuery,
  java: isJavaQuery,
  ruby: isRubyQuery,
  "c-sharp": isSharpQuery,
  php: isPhpQuery,
};

/** A statement about the database itself, or about its connection: there is one for each table, and nothing to do at once. */
const ABOUT_DATABASE = /^[`'"(\s]{0,4}(?:SET|CREATE|ALTER|DROP|VACUUM|ANALYZE|TRUNCATE|REINDEX|DETACH|LOCK|SAVEPOINT|ROLLBACK|RELEASE)\s/i;

const isAboutDatabase = ({ arguments: passed }: CallFact): boolean => passed.slice(0, 2).some(({ text }) => ABOUT_DATABASE.test(text));

/** Whether a call sends a query to a database, by the names of its language's libraries. */
export const isDatabaseCall = (call: CallFact, file: FileFacts): boolean =>
  (QUERIES[file.language]?.(call, file) ?? false) && !isAboutDatabase(call);
