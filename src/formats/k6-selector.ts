/** Which requests a k6 (sub-)metric is about: `http_req_duration{name:/cart,expected_response:true}`. */
export interface Selected {
  /** The metric in front of the braces. */
  readonly family: string;
  /** The endpoint's name; `*` without a selector. */
  readonly endpoint: string;
  /** Which tag the name is from; of two endpoints with one name, the lower rank keeps it. */
  readonly rank: number;
  /** The selector without `expected_response`, in one order: two endpoints may share a name, never this. */
  readonly selector: string;
  /** Value of the tag `expected_response`, where it is selected by. */
  readonly expected: string | undefined;
}

const NAMING = ["name", "url", "group", "scenario"];

/** k6 separates tags by commas and takes the first colon of each; both sides may be quoted (metrics/metric.go). */
function tagsOf(selector: string): ReadonlyMap<string, string> {
  const tags = selector.split(",").map((tag): [string, string] => {
    const [key = "", ...value] = tag.split(":");
    const bare = (part: string) => part.trim().replace(/^["'`]|["'`]$/g, "");
    return [bare(key), bare(value.join(":"))];
  });
  return new Map(tags);
}

/** Group paths begin with `::`. */
const shown = (key: string, value: string): string => (key === "group" ? value.replace(/^::/, "") : value);

/** One naming tag is the name, with the method in front where it is given; any other selector is its own name. */
function endpointOf(tags: ReadonlyMap<string, string>, selector: string): { readonly endpoint: string; readonly rank: number } {
  const [only, ...others] = [...tags].filter(([key]) => key !== "method");
  const rank = only === undefined || others.length > 0 ? -1 : NAMING.indexOf(only[0]);
  if (only === undefined || rank === -1) return { endpoint: selector || "*", rank: NAMING.length };
  const name = shown(...only);
  const method = tags.get("method");
  return { endpoint: method === undefined ? name : `${method} ${name}`, rank };
}

/** Takes a metric's name apart as k6 does. */
export function select(name: string): Selected {
  const brace = name.indexOf("{");
  if (brace === -1 || !name.endsWith("}")) return { family: name, endpoint: "*", rank: -1, selector: "", expected: undefined };
  const all = tagsOf(name.slice(brace + 1, -1));
  const tags = new Map([...all].filter(([key]) => key !== "expected_response").sort(([a], [b]) => (a < b ? -1 : 1)));
  const selector = [...tags].map(([key, value]) => `${key}:${value}`).join(",");
  return { family: name.slice(0, brace), ...endpointOf(tags, selector), selector, expected: all.get("expected_response") };
}
