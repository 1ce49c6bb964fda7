import { operations } from "../contract.mjs";

/** Parameters that may contain slashes, decoded as a whole. */
const wide = ["path", "basehead", "ref", "branch"];

/** Turns GitHub's path template into a pattern with named groups. */
function pattern(template) {
  const source = template
    .split(/(\{\w+\})/)
    .map((piece) => (piece.startsWith("{") ? `(?<${piece.slice(1, -1)}>${wide.includes(piece.slice(1, -1)) ? ".+" : "[^/]+"})` : piece))
    .join("");
  return new RegExp(`^${source.replace("/(?<path>.+)", "(?:/(?<path>.*))?")}$`);
}

const literals = (template) => template.split("/").filter((segment) => segment && !segment.startsWith("{")).length;

/**
 * Finds the route of a request. Routes name a GitHub operation, whose method and path come from its OpenAPI text, or
 * carry their own `method` and `path`. The most literal template wins.
 */
export function createRouter(routes) {
  const table = routes.map((route) => {
    const operation = operations.find(({ id }) => id === route.id);
    const { method, path } = operation ?? route;
    if (path === undefined) throw new Error(`${route.id} is neither in the contract nor has a path of its own`);
    return { route, method, weight: literals(path), pattern: pattern(path) };
  });
  table.sort((a, b) => b.weight - a.weight);
  return (method, path) => {
    for (const entry of table) {
      const match = entry.method === method ? entry.pattern.exec(path) : null;
      if (match) return { route: entry.route, params: decode(match.groups ?? {}) };
    }
    return null;
  };
}

const decode = (groups) => Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, text && decodeURIComponent(text)]));
