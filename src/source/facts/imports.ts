import type { ImportFact } from "../../model/source.js";
import type { ImportShape } from "../languages/table.js";
import { bare, boundNames } from "./names.js";
import type { Parsed } from "./parsed.js";

const NAME = 120;

const fact = (local: string | null, imported: string | null, module: string): ImportFact => ({ local, imported, module });

const last = (path: string): string | null => /([A-Za-z_]\w*)[^A-Za-z_\w]*$/.exec(path)?.[1] ?? null;

/** `import a, { b as c } from "m"` and `import * as n from "m"`. */
function scriptImports(file: Parsed, node: number): readonly ImportFact[] {
  const { tree } = file;
  const source = tree.child(node, "source");
  if (source === null) return [];
  const module = bare(tree.text(source, NAME));
  const clause = tree.childOf(node, new Set(["import_clause"]));
  if (clause === null) return [fact(null, null, module)];
  return tree.children(clause).flatMap((part) => {
    if (tree.kind(part) !== "named_imports") return boundNames(file, part).map((local) => fact(local, null, module));
    return tree.children(part).map((specifier) => {
      const name = tree.text(tree.child(specifier, "name") ?? specifier, NAME);
      const alias = tree.child(specifier, "alias");
      return fact(alias === null ? name : tree.text(alias, NAME), name, module);
    });
  });
}

/** `import a.b as c` and `from m import x as y`. */
function namedImports({ tree }: Parsed, node: number): readonly ImportFact[] {
  const from = tree.child(node, "module_name");
  const module = from === null ? null : tree.text(from, NAME);
  const names = tree.children(node).filter((child) => tree.field(child) === "name");
  if (names.length === 0 && module !== null) return [fact(null, null, module)];
  return names.map((child) => {
    const alias = tree.child(child, "alias");
    const name = tree.text(tree.child(child, "name") ?? child, NAME);
    const local = alias === null ? null : tree.text(alias, NAME);
    // `import a.b` binds `a`.
    return module === null ? fact(local ?? name.split(".")[0] ?? name, null, name) : fact(local ?? name, name, module);
  });
}

/** `import x "a/b"`, `import a.b.C;`, `using X = Y.Z;`, `use A\B as C;`. */
function pathImports({ tree }: Parsed, node: number): readonly ImportFact[] {
  const path = tree.child(node, "path") ?? tree.children(node).find((child) => !["name", "alias"].includes(tree.field(child) ?? ""));
  if (path === undefined) return [];
  const module = bare(tree.text(path, NAME));
  const alias = tree.child(node, "alias") ?? tree.child(node, "name");
  // Go's major versions are no names: `github.com/jackc/pgx/v5` is `pgx`.
  return [fact(alias === null ? last(module.replace(/\/v\d+$/, "")) : tree.text(alias, NAME), null, module)];
}

const READERS: Readonly<Record<ImportShape, (file: Parsed, node: number) => readonly ImportFact[]>> = {
  script: scriptImports,
  names: namedImports,
  path: pathImports,
};

export function importsIn(file: Parsed, node: number): readonly ImportFact[] {
  const shape = file.table.imports[file.tree.kind(node)];
  return shape === undefined ? [] : READERS[shape](file, node);
}

/** `const x = require("m")`, told by the call. */
export function requiredNames(names: readonly string[], module: string): readonly ImportFact[] {
  return names.map((local) => fact(local, null, bare(module)));
}
