import type { CallFact, FileFacts } from "../../model/source.js";
import { chained, keyword, memberOf, positional, stringOf } from "./family.js";
import { joined } from "./path.js";

/** How a family of frameworks makes routers and mounts one below another. */
export interface RouterWords {
  /** Calls that make an application, at the root of all addresses: `express()`. */
  readonly applications: ReadonlySet<string>;
  /** Calls that make a router that may be mounted anywhere: `Router()`, `Blueprint()`. */
  readonly routers: ReadonlySet<string>;
  /** The argument or member of them that holds a prefix: `prefix`, `url_prefix`. */
  readonly prefixes: readonly string[];
  /** Methods of a router that give one further down, their path first: `g := e.Group("/v1")`. */
  readonly steps: ReadonlySet<string>;
  /** Methods that mount one, its path and itself among their arguments: `app.use('/api', router)`. */
  readonly mounts: ReadonlySet<string>;
  /** Methods whose function argument is given a router below their path: `r.Route("/api", func(r chi.Router) { … })`. */
  readonly blocks: ReadonlySet<string>;
}

export interface Below {
  readonly prefix: string;
  /** Nothing can stand before the prefix. */
  readonly whole: boolean;
}

/** Routers inside of routers; deeper ones are as good as unknown. */
const DEPTH = 8;
/** Makings of one name that are kept: a file that needs more was not written by hand. */
const MADE = 200;
/** Mounts and blocks of one file. */
const MOUNTS = 500;
const UNKNOWN: Below = { prefix: "", whole: false };

/** Is this variable the argument, or what it begins with: `sub`, `sub.routes()`? */
const mentions = (text: string, name: string): boolean => text === name || text.startsWith(`${name}.`);

const namesIn = ({ method, chain }: CallFact): readonly string[] => [...chain, method];

function byName(made: readonly CallFact[]): ReadonlyMap<string, readonly CallFact[]> {
  const names = new Map<string, CallFact[]>();
  for (const call of made) {
    for (const name of call.use.names) names.set(name, [...(names.get(name) ?? []).slice(-MADE), call]);
  }
  return names;
}

/** Where the routers of one file stand. */
export class Routers {
  private readonly file: FileFacts;
  private readonly words: RouterWords;
  private readonly made: ReadonlyMap<string, readonly CallFact[]>;
  private readonly mounts: readonly CallFact[];
  private readonly blocks: readonly CallFact[];

  constructor(file: FileFacts, words: RouterWords) {
    const { applications, routers, steps, mounts, blocks } = words;
    this.file = file;
    this.words = words;
    const makes = (name: string) => applications.has(name) || routers.has(name) || steps.has(name);
    this.made = byName(file.calls.filter((call) => call.use.how === "assigned" && namesIn(call).some(makes)));
    this.mounts = file.calls.filter(({ method }) => mounts.has(method)).slice(0, MOUNTS);
    this.blocks = file.calls.filter(({ method }) => blocks.has(method)).slice(0, MOUNTS);
  }

  /** Did this file make a router of this name? */
  knows(name: string): boolean {
    return this.made.has(name);
  }

  /** What stands before the path of a call such as `r.get("/a", h)`. */
  below(call: CallFact, depth = DEPTH): Below {
    const own = this.origin(call, depth);
    const steps = [...this.words.steps].flatMap((step) => stringOf(chained(this.file, call, step)?.arguments[0]) ?? []);
    return { prefix: joined(own.prefix, ...steps), whole: own.whole };
  }

  /** What a chain begins with: a router that is made there, or a variable. */
  private origin(call: CallFact, depth: number): Below {
    const isApplication = namesIn(call).some((name) => this.words.applications.has(name));
    if (call.root === "construction" || (isApplication && call.use.how === "assigned")) return { prefix: "", whole: isApplication };
    const [first] = call.receiver;
    return first === undefined || depth === 0 ? UNKNOWN : this.variable(first, call, depth);
  }

  /** A variable, looked for from the inside out: made in a function, or its parameter, or made at the top. */
  private variable(name: string, at: CallFact, depth: number): Below {
    const before = (this.made.get(name) ?? []).filter((call) => call.start < at.start);
    for (let fn = at.function; fn !== null; fn = this.file.functions[fn]?.function ?? null) {
      const made = before.findLast((call) => call.function === fn);
      if (made) return this.mounted(name, made, depth);
      if (this.file.functions[fn]?.parameters.includes(name)) return this.given(fn, at, depth);
    }
    const made = before.findLast((call) => call.function === null);
    return made ? this.mounted(name, made, depth) : UNKNOWN;
  }

  /** What a router makes of its function argument, or of a function that it is given by name. */
  private given(fn: number, at: CallFact, depth: number): Below {
    const { name = null, function: around = null } = this.file.functions[fn] ?? {};
    const block = this.blocks.findLast(({ start, end, arguments: all, function: inside }) =>
      all.some(({ kind, text }) =>
        kind === "function" ? inside === around && start < at.start && at.end <= end : kind === "identifier" && text === name,
      ),
    );
    if (!block) return UNKNOWN;
    const above = this.below(block, depth - 1);
    return { prefix: joined(above.prefix, this.pathOf(block)), whole: above.whole };
  }

  private mounted(name: string, made: CallFact, depth: number): Below {
    const origin = this.below(made, depth - 1);
    const own = joined(origin.prefix, this.pathOf(made));
    const mount = this.mounts.find(
      (call) => call.receiver[0] !== name && call.arguments.some(({ kind, text }) => kind !== "string" && mentions(text, name)),
    );
    if (!mount) return { prefix: own, whole: origin.whole };
    const above = this.below(mount, depth - 1);
    return { prefix: joined(above.prefix, this.pathOf(mount), own), whole: above.whole };
  }

  /** The path or prefix among the arguments of a making, a mount or a block. */
  private pathOf(call: CallFact): string {
    for (const name of this.words.prefixes) {
      const member = call.arguments.map((argument) => memberOf(argument, name)).find((path) => path !== null);
      const found = stringOf(keyword(call, name)) ?? member;
      if (found) return found;
    }
    const { mounts, steps, blocks } = this.words;
    return [mounts, steps, blocks].some((words) => words.has(call.method)) ? (stringOf(positional(call)[0]) ?? "") : "";
  }
}
