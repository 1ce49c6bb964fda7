/** A node of node-sql-parser's trees: an object, most with a `type`. */
export type GenericNode = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is GenericNode => typeof value === "object" && value !== null && !Array.isArray(value);

/** A child node; null when there is none. */
export function child(parent: GenericNode, key: string): GenericNode | null {
  const value = parent[key];
  return isNode(value) ? value : null;
}

/** The nodes of a child list; a single node counts as a list of one. */
export function children(parent: GenericNode, key: string): readonly GenericNode[] {
  const value = parent[key];
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

export function word(parent: GenericNode, key: string): string | null {
  const value = parent[key];
  return typeof value === "string" ? value : null;
}

function collect(value: unknown, types: readonly string[], found: GenericNode[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, types, found);
  if (!isNode(value)) return;
  if (types.includes(word(value, "type") ?? "")) found.push(value);
  for (const item of Object.values(value)) collect(item, types, found);
}

/** Every node of one of these types in a tree, itself included, at any depth. */
export function findNodes(tree: unknown, ...types: readonly string[]): readonly GenericNode[] {
  const found: GenericNode[] = [];
  collect(tree, types, found);
  return found;
}

/** The column that an expression is; null when it is anything else. Redshift's grammar wraps the name. */
export function genericColumn(expression: GenericNode | null): string | null {
  if (!expression || word(expression, "type") !== "column_ref") return null;
  const wrapped = child(expression, "column");
  const inner = wrapped && child(wrapped, "expr");
  return word(expression, "column") ?? (inner && word(inner, "value"));
}

const STRINGS: ReadonlySet<string> = new Set(["single_quote_string", "double_quote_string", "string", "var_string"]);

/** The constant that an expression is; undefined when it is none. */
export function genericConstant(expression: GenericNode | null): string | number | boolean | undefined {
  const value = expression?.value;
  const type = expression && word(expression, "type");
  if (type === "number" && typeof value === "number") return value;
  if (type === "bool" && typeof value === "boolean") return value;
  return type && STRINGS.has(type) && typeof value === "string" ? value : undefined;
}

/** The function's name in lower case. */
export function functionName(call: GenericNode): string {
  const name = child(call, "name");
  const last = name && children(name, "name").at(-1);
  return ((last && word(last, "value")) ?? word(call, "name") ?? "").toLowerCase();
}

export function functionArguments(call: GenericNode): readonly GenericNode[] {
  const list = child(call, "args");
  return list ? children(list, "value") : [];
}
