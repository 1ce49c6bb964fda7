import type { Planner, PlannerSession, Refused, SchemaRequest } from "../../../src/evidence/planner.js";

/** Sessions that stay open for whoever asks about the same schema: what is asked of one leaves nothing behind. */
export function sharedPlanner(planner: Planner & { close(): void }): Planner & { close(): void } {
  const sessions = new Map<string, Promise<PlannerSession | Refused>>();
  const lent = async (opening: Promise<PlannerSession | Refused>): Promise<PlannerSession | Refused> => {
    const session = await opening;
    if ("refused" in session) return session;
    return { ...session, explain: (request) => session.explain(request), close: async () => {} };
  };
  const open = (request: SchemaRequest): Promise<PlannerSession | Refused> => {
    // Two sides have two processes: too many to keep.
    if (JSON.stringify(request.base) !== JSON.stringify(request.head)) return planner.open(request);
    const key = JSON.stringify(request);
    const opening = sessions.get(key) ?? planner.open(request);
    sessions.set(key, opening);
    return lent(opening);
  };
  return { open, close: () => planner.close() };
}
