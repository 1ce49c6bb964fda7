import { parseDocument } from "yaml";
import { z } from "zod";
import type { RepositoryFile } from "./tool.js";

const paths = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === "string" ? [value] : value));
const entry = z.object({ engine: z.string().default("postgresql"), schema: paths, queries: paths });
const settings = z.object({ sql: z.array(entry).optional(), packages: z.array(entry).optional() });

/** One database of a `sqlc.yaml`: where its queries and its schema lie, as paths in the repository. */
export interface SqlcPackage {
  readonly engine: string;
  readonly queries: readonly string[];
  /** Files, or folders of files that are applied in the order of their names. */
  readonly schema: readonly string[];
}

/** A relative path from a folder; what leaves the repository names nothing. */
function resolve(folder: string, path: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function read({ path, text = "" }: RepositoryFile): readonly SqlcPackage[] {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  try {
    const parsed = settings.parse(parseDocument(text, { merge: false }).toJS({ maxAliasCount: 100 }));
    return [...(parsed.sql ?? []), ...(parsed.packages ?? [])].map(({ engine, schema, queries }) => ({
      engine,
      schema: schema.map((one) => resolve(folder, one)),
      queries: queries.map((one) => resolve(folder, one)),
    }));
  } catch {
    return [];
  }
}

/** Every database that sqlc knows in these files; a settings file that cannot be read has none. */
export const sqlcPackages = (files: readonly RepositoryFile[]): readonly SqlcPackage[] =>
  files.filter(({ path }) => /(?:^|\/)sqlc\.(?:ya?ml|json)$/.test(path)).flatMap(read);
