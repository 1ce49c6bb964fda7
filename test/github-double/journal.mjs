/**
 * Every call to the API, in the order in which it was answered a number. Entries hold no token: `auth` says who.
 * `token: true` marks the creation of an installation token, so that a budget of calls can leave it out.
 */
export function createJournal(world) {
  const entries = [];
  return {
    /** Opens an entry; the gate fills in the rest as the request passes. */
    open(request) {
      const entry = { n: entries.length + 1, at: world.clock.iso(), ...request, operation: null, auth: { kind: "none" }, status: null };
      entries.push(entry);
      return entry;
    },
    mark: () => entries.length,
    since: (mark = 0) => entries.filter((entry) => entry.n > mark),
    violations: () => entries.filter((entry) => entry.violation !== undefined),
    count(mark = 0, tokens = false) {
      const counted = entries.filter((entry) => entry.n > mark && (tokens || !entry.token));
      const operations = {};
      for (const { graphql, operation } of counted) {
        const name = graphql ? `graphql/${graphql}` : (operation ?? "unknown");
        operations[name] = (operations[name] ?? 0) + 1;
      }
      return { total: counted.length, operations };
    },
  };
}
