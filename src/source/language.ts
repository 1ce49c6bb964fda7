import type { Language } from "../model/source.js";

export type { Language } from "../model/source.js";

const EXTENSIONS: Readonly<Record<string, Language>> = {
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "tsx",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascript",
  py: "python",
  go: "go",
  java: "java",
  rb: "ruby",
  rs: "rust",
  cs: "c-sharp",
  php: "php",
};

/** Languages as people write them. */
export const languageNames: Readonly<Record<Language, string>> = {
  typescript: "TypeScript",
  tsx: "TypeScript",
  javascript: "JavaScript",
  python: "Python",
  go: "Go",
  java: "Java",
  ruby: "Ruby",
  rust: "Rust",
  "c-sharp": "C#",
  php: "PHP",
};

/** The language of a file by its extension; null for one that is not read. */
export function languageOf(path: string): Language | null {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return (Object.hasOwn(EXTENSIONS, extension) && EXTENSIONS[extension]) || null;
}
