/**
 * hey's output does not name what was requested. When the file begins with the command line, the endpoint is
 * its URL, with the method of `-m` in front; otherwise the run's total `*`.
 */
export function heyEndpoint(command: string | undefined): string {
  const words = (command ?? "").split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ""));
  const url = words.find((word) => /^https?:\/\//.test(word));
  if (url === undefined) return "*";
  const method = words[words.indexOf("-m") + 1];
  return words.includes("-m") && method !== undefined ? `${method} ${url}` : url;
}
