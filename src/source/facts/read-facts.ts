import type { CallFact, FileFacts, FlowFact, ImportFact } from "../../model/source.js";
import { chainOf } from "./chain.js";
import { flowOf } from "./flows.js";
import { type Frames, framesOf } from "./frames.js";
import { functionFacts } from "./functions.js";
import { importsIn, requiredNames } from "./imports.js";
import { loopFact } from "./loops.js";
import { nameOf } from "./names.js";
import type { Parsed } from "./parsed.js";
import { useOf } from "./uses.js";
import { argumentFact, argumentNodes } from "./values.js";
import { isWhenMissing } from "./when-missing.js";
import { writtenOut } from "./written-out.js";

/** What the tree alone tells; path, class and suppressions come from elsewhere. */
export type TreeFacts = Pick<FileFacts, "functions" | "loops" | "calls" | "flows" | "imports" | "errors">;

type CallOf = (node: number) => number | null;

const known = (index: number | undefined): number | null => (index === undefined || index < 0 ? null : index);

function callFact(file: Parsed, node: number, frames: Frames, callOf: CallOf): CallFact {
  const { tree, table } = file;
  const { callee, receiver, root, method, chain } = chainOf(file, node);
  const { use, awaited, outermost } = useOf(file, node, callOf);
  const target = tree.child(node, "function");
  return {
    callee,
    receiver,
    root,
    method,
    chain,
    start: tree.start(node),
    end: tree.end(node),
    line: tree.line(node),
    endLine: tree.endLine(node),
    constructs: table.calls[tree.kind(node)]?.constructs === true,
    // `await f<T>(x)` is read as a call of `await f`.
    awaited: awaited || (target !== null && tree.kind(target) === "await_expression"),
    outermost,
    arguments: argumentNodes(file, node).map((argument) => argumentFact(file, argument, callOf)),
    whenMissing: (frames.loopOf[node] ?? -1) >= 0 && isWhenMissing(file, node),
    block: tree.child(node, "block") !== null || tree.child(node, "initializer") !== null || tree.childOf(node, CLASS_BODY) !== null,
    use,
    function: known(frames.functionOf[node]),
    loop: known(frames.loopOf[node]),
  };
}

const CLASS_BODY: ReadonlySet<string> = new Set(["class_body"]);

function flowFacts(file: Parsed, { variables, functionOf }: Frames): readonly FlowFact[] {
  const { tree, tick } = file;
  return variables.flatMap((node, index) => {
    if (index % 1024 === 0) tick();
    const how = flowOf(file, node);
    const name = how === null ? null : nameOf(file, node);
    return how !== null && name !== null ? [{ name, line: tree.line(node), function: known(functionOf[node]), how }] : [];
  });
}

const required = (calls: readonly CallFact[]): readonly ImportFact[] =>
  calls.flatMap(({ callee, use, arguments: [module] }) =>
    callee === "require" && module?.kind === "string" && use.how === "assigned" ? requiredNames(use.names, module.text) : [],
  );

/** Everything that rules may know of one file's code. */
export function readFacts(file: Parsed): TreeFacts {
  const frames = framesOf(file);
  const indexes = new Map(frames.calls.map((node, index) => [node, index]));
  const callOf: CallOf = (node) => indexes.get(node) ?? null;
  const calls = frames.calls.map((node, index) => {
    if (index % 256 === 0) file.tick();
    return callFact(file, node, frames, callOf);
  });
  const functions = functionFacts(file, frames.functions);
  const isWrittenOut = writtenOut(file, frames, { functions, calls });
  return {
    functions,
    loops: frames.loops.map((loop) => loopFact(file, loop, callOf, isWrittenOut)),
    calls,
    flows: flowFacts(file, frames),
    imports: [...frames.imports.flatMap((node) => importsIn(file, node)), ...required(calls)],
    errors: [],
  };
}
