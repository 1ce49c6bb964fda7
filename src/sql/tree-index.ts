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

function walk(value: object, found: Map<string, object[]>): void {
  const entries = Array.isArray(value) ? value.map((item: unknown) => ["", item] as const) : Object.entries(value);
  for (const [key, child] of entries) if (isKind(key) && isObject(child)) hold(found, key, value);
  for (const [key, child] of entries) {
    if (!isObject(child) || STORED.has(key)) continue;
    if (isBareSelect(key, child)) hold(found, "SelectStmt", { SelectStmt: child });
    walk(child, found);
  }
}

// Some fifty rules ask for one kind each of the same few trees.
const known = new WeakMap<object, Holders>();
const NOTHING: Holders = new Map();

/** Walks a tree once, whoever asks for whichever kind how often. The tree must not change after that. */
export function holdersOf(tree: unknown): Holders {
  if (!isObject(tree)) return NOTHING;
  const before = known.get(tree);
  if (before) return before;
  const found = new Map<string, object[]>();
  walk(tree, found);
  known.set(tree, found);
  return found;
}
