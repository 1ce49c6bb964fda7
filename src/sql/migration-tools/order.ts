import type { RepositoryFile } from "./tool.js";

const LAYOUT = /\/(?:migration|up|down)\.sql$/i;

/** What a tool sorts by: the file's name, or the folder's where each migration has one of its own. */
export function nameOf(path: string): string {
  const file = path.replace(LAYOUT, "");
  return file.slice(file.lastIndexOf("/") + 1);
}

const compare = (left: string, right: string): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** Digits of any length as numbers: without their zeros the longer one is larger. */
export function compareDigits(left: string, right: string): number {
  const [a, b] = [left.replace(/^0+/, ""), right.replace(/^0+/, "")];
  return a.length - b.length || compare(a, b);
}

type Key = (name: string) => string;

/** By a part of the name as text, then by the name. */
export const byText =
  (key: Key = (name) => name) =>
  <File extends RepositoryFile>(files: readonly File[]): readonly File[] =>
    files
      .map((file) => ({ file, name: nameOf(file.path) }))
      .sort((a, b) => compare(key(a.name), key(b.name)) || compare(a.name, b.name) || compare(a.file.path, b.file.path))
      .map(({ file }) => file);

const leading = (name: string): string => /^\D?(\d+)/.exec(name)?.[1] ?? "";

/** By the number that the name begins with: `2_b` before `10_a`. */
export const byNumber = (files: readonly RepositoryFile[]): readonly RepositoryFile[] =>
  files
    .map((file) => ({ file, name: nameOf(file.path) }))
    .sort((a, b) => compareDigits(leading(a.name), leading(b.name)) || compare(a.name, b.name) || compare(a.file.path, b.file.path))
    .map(({ file }) => file);

/** The files whose path has the form that the tool looks for, in its order: what else lies in the folder it leaves alone. */
export const only =
  (form: RegExp, order: (files: readonly RepositoryFile[]) => readonly RepositoryFile[]) =>
  (files: readonly RepositoryFile[]): readonly RepositoryFile[] =>
    order(files.filter(({ path }) => form.test(path)));
