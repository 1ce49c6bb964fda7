import type { CallFact, FileFacts } from "../../model/source.js";
import { perFile } from "./per-file.js";

/** Functions within functions that are looked through; nobody writes more. */
const DEPTH = 12;
/** Openings that are followed in one file: each costs a look at all its calls. */
const FOLLOWED = 100;
/** Calls that are looked at behind one. */
const LOOKED = 400;

/** Whether one function is the other or lies within it. */
function isInside(inner: number | null, outer: number | null, { functions }: FileFacts): boolean {
  for (let at = inner, depth = 0; at !== null && depth < DEPTH; at = functions[at]?.function ?? null, depth += 1)
    if (at === outer) return true;
  return false;
}

const startsWithName = (path: string, name: string): boolean => path === name || path.startsWith(`${name}.`);

/** What a function does with a variable that it got from a call. */
interface Handling {
  readonly closed: boolean;
  /** Returned, kept, or given to somebody else, who has to close it then. */
  readonly passedOn: boolean;
}

const CLOSING = /clos|dispos|release|drain|shutdown|quit|disconnect|terminate/i;

const receives = ({ arguments: given }: CallFact, name: string): boolean =>
  given.some(
    ({ text, kind }) =>
      text === name || text === `&${name}` || text === `*${name}` || (kind === "object" && text.split(/[^\w$]+/).includes(name)),
  );

const isGiven = ({ arguments: given }: CallFact, name: string): boolean =>
  given.some(({ text }) => startsWithName(text.replace(/^[&*]/, ""), name));

const identifiers = (text: string): readonly string[] => text.split(/[^\w$]+/);

/** The calls of a file by the names that stand in them, in the order of the text. */
const mentions = perFile(({ calls }) => {
  const byName = new Map<string, CallFact[]>();
  for (const call of calls) {
    const found = new Set([call.receiver[0] ?? "", ...call.arguments.flatMap(({ text }) => identifiers(text))]);
    for (const name of found) {
      const known = byName.get(name);
      if (known) known.push(call);
      else byName.set(name, [call]);
    }
  }
  return byName;
});

/** The calls behind one, in the function that it stands in, that have a name in them. */
function laterCalls(name: string, call: CallFact, file: FileFacts): readonly CallFact[] {
  const all = mentions(file).get(name) ?? [];
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.start ?? 0) <= call.start) low = middle + 1;
    else high = middle;
  }
  return all.slice(low, low + LOOKED).filter((other) => isInside(other.function, call.function, file));
}

/** Follows one variable through the function that its value was made in, closures of it included. */
function handlingOf(name: string, call: CallFact, file: FileFacts): Handling {
  const others = laterCalls(name, call, file);
  const flows = file.flows.filter(
    (flow) => startsWithName(flow.name, name) && flow.line >= call.line && isInside(flow.function, call.function, file),
  );
  const closing = others.filter(({ callee }) => CLOSING.test(callee));
  return {
    closed:
      flows.some(({ how }) => how === "scope") ||
      closing.some((other) => startsWithName(other.callee, name) || isGiven(other, name)) ||
      others.some((other) => other.method === "" && isGiven(other, name)),
    passedOn: flows.some(({ how }) => how !== "scope") || others.some((other) => receives(other, name)),
  };
}

/** The calls of a file that open something which nobody closes. */
export const leaked = (file: FileFacts, opens: (call: CallFact, file: FileFacts) => boolean): readonly CallFact[] =>
  file.calls
    .filter((call) => opens(call, file))
    .slice(0, FOLLOWED)
    .filter((call) => isLeaked(call, file));

/** Whether nobody closes what a call opened: neither this function, nor anybody that it hands it to. */
function isLeaked(call: CallFact, file: FileFacts): boolean {
  const [name] = call.use.names;
  if (call.use.how !== "assigned" || name === undefined || call.function === null) return false;
  if (name === "_") return true;
  const { closed, passedOn } = handlingOf(name, call, file);
  return !closed && !passedOn;
}
