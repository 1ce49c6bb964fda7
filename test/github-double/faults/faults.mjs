import { Refusal } from "../http/refusal.mjs";
import { draw } from "./draw.mjs";
import { modes } from "./modes.mjs";

const reads = new Set(["stale-read"]);

/** Whether a rule's `route` means this call: an operation id, `issues/*`, `graphql/Blobs`, `reads`, `writes` or everything. */
function means(route, { names, write }) {
  if (route === undefined || route === "*") return true;
  if (route === "writes" || route === "reads") return (route === "writes") === write;
  return names.some((name) => (route.endsWith("/*") ? name.startsWith(route.slice(0, -1)) : name === route));
}

/** `nth` is one call or several, `from` all from that one on, `probability` a share; a rule without any means every call. */
function strikes(rule, count, drawn) {
  if (rule.hits >= (rule.times ?? Number.POSITIVE_INFINITY)) return false;
  if (rule.nth !== undefined) return [rule.nth].flat().includes(count);
  if (rule.from !== undefined && count < rule.from) return false;
  return rule.probability === undefined || drawn < rule.probability;
}

function demandKnown(rule) {
  if (!Object.hasOwn(modes, rule.mode) && !reads.has(rule.mode)) {
    throw new Refusal(422, `"${rule.mode}" is no fault: ${[...Object.keys(modes), ...reads].join(", ")}`);
  }
}

/**
 * What goes wrong, as `setFaults` says: rules for the API in their order, of which the first that strikes decides (a
 * stale read may come on top), and habits of the webhook sender. Times are milliseconds of the machine, not virtual.
 */
export function createFaults() {
  let rules = [];
  let seed = "";
  const state = { sender: {}, skewSeconds: 0 };
  const calls = new Map();

  /** The same call again is another draw. */
  function chance(index, call) {
    const key = `${index} ${call.method} ${call.path}`;
    const nth = (calls.get(key) ?? 0) + 1;
    calls.set(key, nth);
    return draw(seed, key, nth);
  }

  function decide(rule, index, call) {
    if (rule.until !== undefined && Date.now() > rule.until) return null;
    if (!means(rule.route, call)) return null;
    rule.count += 1;
    const drawn = chance(index, call);
    if (!strikes(rule, rule.count, drawn)) return null;
    rule.hits += 1;
    return { ...rule, drawn: draw(seed, index, call.method, call.path, rule.hits) };
  }

  return {
    state,
    get keepsPast() {
      return rules.some(({ mode }) => reads.has(mode));
    },
    /** The longest staleness that is asked for, in milliseconds. */
    get depth() {
      return Math.max(0, ...rules.filter(({ mode }) => reads.has(mode)).map(({ ms = 2000 }) => [ms].flat().at(-1)));
    },
    set({ seed: given = "faults", rules: list = [], sender = {}, skewSeconds = 0 }) {
      list.forEach(demandKnown);
      seed = given;
      calls.clear();
      rules = list.map((rule) => ({ ...rule, count: 0, hits: 0, ...(rule.mode === "outage" && { until: Date.now() + (rule.ms ?? 0) }) }));
      Object.assign(state, { sender: { seed, ...sender }, skewSeconds });
    },
    /** `{ fault, stale }` of one call; each null when it goes well. */
    of(call) {
      const found = { fault: null, stale: null };
      rules.forEach((rule, index) => {
        const slot = reads.has(rule.mode) ? "stale" : "fault";
        if (found[slot] === null) found[slot] = decide(rule, index, call);
      });
      return found;
    },
  };
}
