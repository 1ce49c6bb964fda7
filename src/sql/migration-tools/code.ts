const LANGUAGES: Readonly<Record<string, string>> = {
  go: "Go",
  py: "Python",
  rb: "Ruby",
  ts: "TypeScript",
  js: "JavaScript",
  mjs: "JavaScript",
  cjs: "JavaScript",
  cs: "C#",
  java: "Java",
  kt: "Kotlin",
  php: "PHP",
  fizz: "fizz",
  xml: "Liquibase's XML",
};

/** Names as the tools give them: a version or time first, or a folder of that name. */
const VERSIONED =
  /(?:^|\/)(?:[VRm]?\d{3,}[^/]*|\d{3,}[^/]*\/migration|V\d[\d._]*__[^/]+|Version\d{8,}[^/]*|versions\/[0-9a-f]{8,}_[^/]+)\.(\w+)$/;

/** The language of a migration that is a program and no SQL; null for other files. */
export function codeLanguage(path: string): string | null {
  if (/(?:\.(?:test|spec|designer|d)|_test)\.\w+$/i.test(path) || /\.down\.fizz$/.test(path)) return null;
  const ending = VERSIONED.exec(path)?.[1] ?? "";
  return Object.hasOwn(LANGUAGES, ending) ? (LANGUAGES[ending] ?? null) : null;
}
