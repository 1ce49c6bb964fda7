import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { type Frame, StackTally } from "./stack-tally.js";

const id = "cpuprofile";
const title = "V8's CPU profile (node --cpu-prof)";

function recognizes(head: Uint8Array): boolean {
  const { nodes } = fields(peek(head));
  const first = fields(Array.isArray(nodes) ? nodes[0] : undefined);
  return typeof first.id === "number" && "functionName" in fields(first.callFrame);
}

const whole = z.number().int().min(0);

const node = z.object({
  id: whole,
  callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number().int() }),
  hitCount: whole.max(1e9).optional(),
  children: z.array(whole).optional(),
});
const shape = z.object({ nodes: z.array(node).min(1), samples: z.array(whole).optional() });

type Node = z.infer<typeof node>;

/** `file:///srv/src/cart.js` and `http://localhost/src/cart.js?t=1` to the path in them. */
const pathOf = (url: string): string => url.replace(/^(?:file|https?):\/\/[^/]*/, "").replace(/[?#].*$/, "");

/** Only what has an address is a function of a file; V8 counts lines from 0. */
const frameOf = ({ callFrame: { functionName, url, lineNumber } }: Node): Frame =>
  url === "" ? { name: "" } : { name: functionName, path: pathOf(url), ...(lineNumber >= 0 && { line: lineNumber + 1 }) };

/** Samples by node. V8 lists them all; a profile that was made smaller keeps the counts alone. */
function hitsOf({ nodes, samples }: z.infer<typeof shape>): ReadonlyMap<number, number> {
  if (!samples) return new Map(nodes.map(({ id, hitCount = 0 }) => [id, hitCount]));
  const hits = new Map<number, number>();
  for (const sample of samples) hits.set(sample, (hits.get(sample) ?? 0) + 1);
  return hits;
}

const IDLE = "(idle)";

/** Walks the tree of calls once, each node after those that it called. */
class Walk {
  readonly tally = new StackTally();
  private readonly byId: ReadonlyMap<number, Node>;
  private readonly hits: ReadonlyMap<number, number>;
  /** Samples below each function that is on the stack, by the outermost call of it. */
  private readonly open = new Map<object, number>();

  constructor(profile: z.infer<typeof shape>) {
    this.byId = new Map(profile.nodes.map((one) => [one.id, one]));
    this.hits = hitsOf(profile);
  }

  from(root: Node): void {
    const seen = new Set<Node>([root]);
    const stack = [{ node: root, next: 0, before: this.enter(root) }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { children = [] } = top.node;
      const child = this.byId.get(children[top.next] ?? -1);
      if (top.next === children.length) {
        this.leave(top.node, top.before);
        stack.pop();
      } else if (child && !seen.has(child)) {
        seen.add(child);
        stack.push({ node: child, next: 0, before: this.enter(child) });
      }
      top.next++;
    }
  }

  /** The count of samples when the call began. */
  private enter(one: Node): number {
    const before = this.tally.samples;
    const own = one.callFrame.functionName === IDLE ? 0 : (this.hits.get(one.id) ?? 0);
    this.tally.samples += own;
    const fn = this.tally.of(frameOf(one));
    if (fn) {
      fn.self += own;
      this.open.set(fn, (this.open.get(fn) ?? 0) + 1);
    }
    return before;
  }

  private leave(one: Node, before: number): void {
    const fn = this.tally.of(frameOf(one));
    if (!fn) return;
    const calls = (this.open.get(fn) ?? 1) - 1;
    this.open.set(fn, calls);
    if (calls === 0) fn.total += this.tally.samples - before;
  }
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const profile = shaped(shape, await readJson(chunks), title);
  const walk = new Walk(profile);
  const called = new Set(profile.nodes.flatMap(({ children = [] }) => children));
  for (const root of profile.nodes.filter((one) => !called.has(one.id))) walk.from(root);
  return walk.tally.run(id);
}

export const cpuprofile: ResultFormat = { id, title, recognizes, parse };
