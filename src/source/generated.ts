const HEADER = 2000;

/**
 * True for code that says at its top that a tool wrote it: Go's convention (go.dev/s/generatedcode), which sqlc and
 * others follow, and `@generated`.
 */
export function isGenerated(source: string): boolean {
  return /^[ \t]*(?:\/\/|#|--|\/?\*+)[^\n]{0,200}(?:Code generated [^\n]{0,200}DO NOT EDIT|@generated\b)/m.test(source.slice(0, HEADER));
}
