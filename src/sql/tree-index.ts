import { remembered } from "./remembered.js";

/** For each kind of node the objects that hold one: `{ IndexStmt: … }` is held under `IndexStmt`. In the order of the tree. */
export type Holders = ReadonlyMap<string, readonly object[]>;

// Bodies that are stored now and run later: their statements are no part of this one.
const STORED: ReadonlySet<string> = new Set(["CreateFunctionStmt", "RuleStmt"]);

// The arms of a UNION stand bare where other nodes are wrapped in their kind.
const isBareSelect = (key: string, value: object): boolean => (key === "larg" || key === "rarg") && "op" in value;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const isKind = (key: string): boolean => key >= "A" && key < "[";

function hold(found: Map<string, object[]>, kind: string, holder: object): void {
  const held = found.get(kind);
  if (held) held.push(holder);
  else found.set(kind, [holder]);
}

function visit(key: string, child: unknown, holder: object, found: Map<string, object[]>): void {
  if (!isObject(child)) return;
  if (isKind(key)) hold(found, key, holder);
  if (STORED.has(key)) return;
  if (isBareSelect(key, child)) hold(found, "SelectStmt", { SelectStmt: child });
  walk(child, found);
}

function walk(value: object, found: Map<string, object[]>): void {
  if (Array.isArray(value)) for (const item of value) visit("", item, value, found);
  else for (const key of Object.keys(value)) visit(key, Reflect.get(value, key), value, found);
}

const NOTHING: Holders = new Map();

const indexed = remembered((tree: object): Holders => {
  const found = new Map<string, object[]>();
  walk(tree, found);
  return found;
});

/** Walks a tree once, whoever asks for whichever kind how often. The tree must not change after that. */
export function holdersOf(tree: unknown): Holders {
  return isObject(tree) ? indexed(tree) : NOTHING;
}
