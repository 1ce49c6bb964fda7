import { text } from "../../model/text.js";
import { isTrivia, tokenize } from "../lexer.js";
import { prepare } from "../prepare.js";
import { split } from "../split.js";
import { compareDigits } from "./order.js";
import type { MigrationTool, RepositoryFile } from "./tool.js";

const fileOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const versionOf = (path: string): readonly string[] => (/^V([\d._]+?)__/.exec(fileOf(path))?.[1] ?? "").split(/[._]/);

function byVersion(left: RepositoryFile, right: RepositoryFile): number {
  const [a, b] = [versionOf(left.path), versionOf(right.path)];
  const different = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => compareDigits(a[index] ?? "0", b[index] ?? "0"));
  return different.find((sign) => sign !== 0) ?? 0;
}

const byDescription = (left: RepositoryFile, right: RepositoryFile): number => (fileOf(left.path) < fileOf(right.path) ? -1 : 1);

const isConcurrent = (statement: string): boolean =>
  [...tokenize(statement, "postgresql")].some(
    (token) => !isTrivia(token) && statement.slice(token.start, token.end).toUpperCase() === "CONCURRENTLY",
  );

/** Flyway leaves the transaction away for a file that holds nothing but statements that refuse one. */
function refusesTransaction(sql: string): boolean {
  const { filled } = prepare(sql, "postgresql");
  const pieces = split(filled, "postgresql");
  return pieces.length > 0 && pieces.every(({ start, end }) => isConcurrent(filled.slice(start, end)));
}

/** `V<version>__<name>.sql` by version, then `R__<name>.sql` by name. */
export const flyway: MigrationTool = {
  id: "flyway",
  recognizes: ({ files }) => files.some(({ path }) => /^V\d[\d._]*__/.test(fileOf(path))),
  ordered: (files) => [
    ...files.filter(({ path }) => fileOf(path).startsWith("V")).sort(byVersion),
    ...files.filter(({ path }) => fileOf(path).startsWith("R__")).sort(byDescription),
  ],
  run: ({ path, text: sql }, { root, beside }) => {
    const settings = beside(`${path.slice(root === "" ? 0 : root.length + 1)}.conf`) ?? "";
    const off = /^\s*executeInTransaction\s*=\s*false/m.test(settings) || refusesTransaction(sql);
    return {
      transaction: off ? "statement" : "file",
      withoutTransaction: text`Write \`executeInTransaction=false\` into a file of the migration's name with .conf behind it.`,
    };
  },
};
