import { Composer, type CST, isMap, isNode, isScalar, isSeq, Parser, type Scalar, type YAMLMap } from "yaml";
import { type Text, text } from "../model/text.js";
import { type Refusal, refuseDepth, refuseText, refuseTokens } from "./yaml-scan.js";

export type Path = readonly (string | number)[];

/** Plain values, and where each key or list entry stands. */
export interface Tree {
  /** `undefined` for a file without any content. */
  readonly value: unknown;
  /** What YAML itself allows and a configuration does not; the values beside it are still there. */
  readonly refusals: readonly Refusal[];
  /** Offset of the key or list entry at a path, else of the nearest one around it. */
  offsetOf(path: Path): number;
}

/** As JSON writes numbers, and short: no octal, hexadecimal, infinity or exponent. */
const DECIMAL = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/u;

/** Keys that mean something else to YAML or JavaScript. */
const RESERVED = ["<<", "__proto__"];

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

const keyOf = (key: Scalar): string | undefined => (typeof key.value === "string" ? key.value : key.source);

/** A walk over one document that keeps the places and collects what it refuses. */
class Walk {
  readonly offsets = new Map<string, number>();
  readonly refusals: Refusal[] = [];

  private refuse(node: unknown, message: Text, remedy: Text): void {
    this.refusals.push({ offset: startOf(node), message, remedy });
  }

  value(node: unknown, path: Path): unknown {
    if (isMap(node)) return this.map(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.entry(item, [...path, index], startOf(item)));
    return isScalar(node) ? this.scalar(node) : null;
  }

  private entry(node: unknown, path: Path, offset: number): unknown {
    this.offsets.set(JSON.stringify(path), offset);
    return this.value(node, path);
  }

  private scalar(scalar: Scalar): unknown {
    const source = scalar.source ?? "";
    if (typeof scalar.value === "number" && !DECIMAL.test(source)) {
      const remedy = text`write it in digits such as 1000 or 0.5; put a text in quotes`;
      this.refuse(scalar, text`${source} is not a plain decimal number`, remedy);
    }
    return scalar.value;
  }

  private map(map: YAMLMap, path: Path): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? keyOf(pair.key) : undefined;
      if (key === undefined) this.refuse(pair.key, text`a key is not a text`, text`write a plain text before the colon`);
      else if (RESERVED.includes(key)) this.refuse(pair.key, text`the key ${key} is not read`, text`write the keys themselves`);
      else if (entries.has(key)) this.refuse(pair.key, text`the key ${key} is given twice`, text`write it once`);
      else entries.set(key, this.entry(pair.value, [...path, key], startOf(pair.key)));
    }
    return Object.fromEntries(entries);
  }
}

const notYaml = (offset: number, message: string): Refusal => ({
  offset,
  message: text`the configuration is not valid YAML: ${message.slice(0, 200)}`,
  remedy: text`check quotes, colons and indentation here and on the line above`,
});

const isDocument = (token: CST.Token): boolean => token.type === "document";

function readTokens(tokens: readonly CST.Token[]): Tree | { readonly refusals: readonly Refusal[] } {
  const second = tokens.filter(isDocument)[1];
  if (second)
    return {
      refusals: [{ offset: second.offset, message: text`a second document begins here`, remedy: text`keep one document, without ---` }],
    };
  const walk = new Walk();
  let value: unknown;
  for (const document of new Composer({ uniqueKeys: false, merge: false }).compose(tokens)) {
    if (document.errors.length > 0) return { refusals: document.errors.map((error) => notYaml(error.pos[0], error.message)) };
    value = document.contents === null ? undefined : walk.value(document.contents, []);
  }
  const offsetOf = (path: Path): number => walk.offsets.get(JSON.stringify(path)) ?? (path.length === 0 ? 0 : offsetOf(path.slice(0, -1)));
  return { value, refusals: walk.refusals, offsetOf };
}

/** Reads YAML into plain values, or says why there are none. Never throws; time is bounded for any input. */
export function readYaml(source: string): Tree | { readonly refusals: readonly Refusal[] } {
  const early = refuseText(source) ?? refuseTokens(source);
  if (early) return { refusals: [early] };
  const tokens = [...new Parser().parse(source)];
  const deep = tokens.map(refuseDepth).find((refusal) => refusal !== undefined);
  return deep ? { refusals: [deep] } : readTokens(tokens);
}
