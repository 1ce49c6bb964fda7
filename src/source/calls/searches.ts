import type { CallFact, FileFacts, Language, LoopFact } from "../../model/source.js";
import { bare, isConstant, names } from "./names.js";

const SEARCHES = names("includes indexOf lastIndexOf find findIndex findLast findLastIndex filter");
const BY_VALUE = names("includes indexOf lastIndexOf");
/** Names of texts: to search them is no search through a list. */
const TEXTS = names(
  `text *Text name *Name str string *String line *Line path *Path pathname url *Url *URL href key *Key message *Message content *Content title *Title value
   label *Label query type *Type mime* body html source src code email *Email header contentType userAgent error stack id *Id token word input output`,
);
const SORTS: Readonly<Partial<Record<Language, (call: CallFact) => boolean>>> = {
  python: ({ receiver, method }) => (receiver.length === 0 ? method === "sorted" : method === "sort"),
  go: ({ receiver, method }) =>
    (receiver[0] === "sort" || receiver[0] === "slices") && /^(?:Sort|Slice|Strings|Ints|Float64s|Stable)/.test(method),
  java: ({ receiver, method }) => (receiver[0] === "Collections" || receiver[0] === "Arrays") && method === "sort",
  ruby: ({ method }) => method === "sort" || method === "sort_by" || method === "sort!" || method === "sort_by!",
  "c-sharp": ({ method }) => method === "OrderBy" || method === "OrderByDescending" || method === "Sort",
  php: ({ receiver, method }) => receiver.length === 0 && /^[uak]?r?sort$|^uasort$|^uksort$|^usort$/.test(method),
};
const sortsInScript = ({ receiver, method }: CallFact): boolean => receiver.length > 0 && (method === "sort" || method === "toSorted");

/** A list that is another one in each round: a field of the loop's variable, or the variable itself. */
const isOfRound = (name: string, { variables }: LoopFact): boolean => variables.some((variable) => bare(variable) === bare(name));

/** Whether a named list, the same in each round, is searched from its start. */
export function isLinearSearch(call: CallFact, _file: FileFacts): boolean {
  const { receiver, method, chain, root, arguments: given } = call;
  const last = receiver.at(-1) ?? "";
  if (!SEARCHES(method) || root !== "name" || chain.length > 1 || last === "" || isConstant(last) || TEXTS(last)) return false;
  const [first] = given;
  if (BY_VALUE(method)) return first !== undefined && given.length === 1 && (first.kind === "identifier" || first.kind === "member");
  return first?.kind === "function";
}

/** Whether a call sorts a list. */
export const isSort = (call: CallFact, { language }: FileFacts): boolean => (SORTS[language] ?? sortsInScript)(call);

/** Whether what a call is made on, or its first argument, is not another list in each round. */
export function isSameEachRound({ receiver, arguments: given }: CallFact, loop: LoopFact): boolean {
  const list =
    receiver[0] !== undefined && !/^(?:sort|slices|Collections|Arrays)$/.test(receiver[0])
      ? receiver[0]
      : (given[0]?.text ?? "").split(/[.[(]/)[0];
  return list !== undefined && list !== "" && !isOfRound(list, loop);
}
