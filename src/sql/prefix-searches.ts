import type { Catalogue, Column, Index, Relation } from "../model/catalogue.js";
import { columnOf, isWhole } from "./catalogue.js";
import type { Expression, Query } from "./query.js";
import { conditions, conjuncts } from "./query-walk.js";
import { bare, leafOf, relationBehind } from "./scope.js";

/** LIKE with a pattern whose first characters are fixed, on a column with an index that does not serve it. */
export interface PrefixSearch {
  readonly relation: Relation;
  readonly column: string;
  readonly index: Index;
  /** The column has a collation of its own. */
  readonly collated: boolean;
}

const BYTEWISE: ReadonlySet<string> = new Set(["C", "POSIX", "C.UTF-8", "C.utf8", "ucs_basic", "pg_c_utf8"]);

/** A pattern that begins with a letter and holds a wildcard; a parameter may begin with anything. */
function isPrefix(pattern: Expression | undefined): boolean {
  const value = bare(pattern);
  if (value?.kind !== "constant" || typeof value.value !== "string") return false;
  const [first = "%"] = value.value;
  return first !== "%" && first !== "_" && (value.value.includes("%") || value.value.includes("_"));
}

const isText = ({ type }: Column): boolean => type === "text" || type.startsWith("character varying");

function serving(relation: Relation, column: string): { readonly plain: Index | undefined; readonly byPattern: boolean } {
  const keys = relation.indexes.filter(isWhole).map((index) => ({ index, key: index.keys[0] }));
  const own = keys.filter(({ key }) => key?.column === column);
  const plain = own.find(({ index, key }) => index.method === "btree" && key?.operatorClass === null)?.index;
  return {
    plain,
    byPattern: relation.indexes.some(({ keys: all }) => all.some((key) => key.column === column && key.operatorClass !== null)),
  };
}

/** The prefix searches of a level that no index serves in this collation; undefined where it is not known. */
export function prefixSearches(query: Query, catalogue: Catalogue, collation: string | undefined): readonly PrefixSearch[] {
  const likes = conditions(query)
    .flatMap(conjuncts)
    .flatMap((condition) => (condition.kind === "operator" && condition.name === "LIKE" ? [condition.operands] : []));
  return likes.flatMap(([left, pattern]) => {
    const own = bare(left);
    const leaf = own?.kind === "column" && isPrefix(pattern) ? leafOf(own, query, catalogue) : null;
    const relation = leaf && relationBehind(leaf, catalogue);
    const column = relation && own?.kind === "column" ? columnOf(relation, own.name) : null;
    if (!relation || !column || !isText(column) || BYTEWISE.has(column.collation ?? collation ?? "")) return [];
    const { plain, byPattern } = serving(relation, column.name);
    return plain && !byPattern ? [{ relation, column: column.name, index: plain, collated: column.collation !== null }] : [];
  });
}
