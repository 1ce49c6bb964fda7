/** Characters of a reason that are kept. */
const REASON = 500;

const COMMAND = /^\/redline[ \t]+override(?![^\s])/i;

/** What a comment asks for: an override, with its reason; null for every other comment. The command comes first. */
export function readCommand(body: string): { readonly reason: string | null } | null {
  const text = body.trimStart();
  const command = COMMAND.exec(text)?.[0];
  if (command === undefined) return null;
  const reason = [
    ...text
      .slice(command.length, command.length + 4 * REASON)
      .replace(/\s+/g, " ")
      .trim(),
  ]
    .slice(0, REASON)
    .join("");
  return { reason: reason === "" ? null : reason };
}
