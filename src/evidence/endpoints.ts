/** What a person or a tool calls an endpoint, taken apart: `GET https://host/api/users/{id}?page=2`. */
export interface EndpointName {
  /** Upper case; absent when none is written. */
  readonly method?: string;
  readonly segments: readonly string[];
}

/** The run's total, in a budget and in a measurement. */
export const TOTAL = "*";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]);

function splitMethod(written: string): { method?: string; address: string } {
  const space = written.search(/\s/u);
  const word = space > 0 ? written.slice(0, space).toUpperCase() : "";
  return METHODS.has(word) ? { method: word, address: written.slice(space).trim() } : { address: written };
}

/** The path alone: without `https://host` (or `//host`), query and fragment. */
function pathOf(address: string): string {
  const origin = /^(?:[a-z][a-z0-9+.-]*:)?\/\//iu.exec(address);
  const start = origin === null ? 0 : address.indexOf("/", origin[0].length);
  if (start < 0) return "";
  const end = address.slice(start).search(/[?#]/u);
  return end < 0 ? address.slice(start) : address.slice(start, start + end);
}

/** Takes an endpoint's name apart; leading, trailing and doubled slashes do not count. */
export function parseEndpoint(written: string): EndpointName {
  const { method, address } = splitMethod(written.trim());
  const segments = pathOf(address)
    .split("/")
    .filter((segment) => segment !== "");
  return { ...(method !== undefined && { method }), segments };
}

const isWildcard = (segment: string): boolean =>
  segment === "*" || segment.startsWith(":") || /^\{.*\}$/u.test(segment) || /^\[.*\]$/u.test(segment);

/**
 * Does the pattern of a budget cover this endpoint? `:id`, `{id}`, `[id]` and `*` stand for one segment; a
 * pattern with a method asks for that method.
 */
export function matchesEndpoint(pattern: EndpointName, endpoint: EndpointName): boolean {
  if (pattern.method !== undefined && pattern.method !== endpoint.method) return false;
  if (pattern.segments.length !== endpoint.segments.length) return false;
  return pattern.segments.every((segment, index) => isWildcard(segment) || segment === endpoint.segments[index]);
}

/** Literal segments before wildcards, from the left; a method breaks the tie. */
function rank(pattern: EndpointName): string {
  return `${pattern.segments.map((segment) => (isWildcard(segment) ? "0" : "1")).join("")}${pattern.method === undefined ? "0" : "1"}`;
}

/** The pattern that covers an endpoint, the most exact one where several do; as written, null when none does. */
export function coveringPattern(patterns: readonly string[], endpoint: string): string | null {
  if (endpoint === TOTAL) return patterns.includes(TOTAL) ? TOTAL : null;
  const name = parseEndpoint(endpoint);
  const covering = patterns
    .filter((written) => written !== TOTAL)
    .map((written) => ({ written, pattern: parseEndpoint(written) }))
    .filter(({ pattern }) => matchesEndpoint(pattern, name))
    .map(({ written, pattern }) => ({ written, rank: rank(pattern) }));
  const best = covering.reduce<{ written: string; rank: string } | null>(
    (found, each) => (found === null || each.rank > found.rank ? each : found),
    null,
  );
  return best?.written ?? null;
}

/** Is at least one segment of the pattern written out? `/:id` alone would match any one-segment path. */
export function hasLiteral(pattern: EndpointName): boolean {
  return pattern.segments.some((segment) => !isWildcard(segment));
}
