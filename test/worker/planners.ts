import type { Planner, PlannerSession, PlanRequest, SchemaRequest } from "../../src/evidence/planner.js";
import { text } from "../../src/model/text.js";

/** A planner that answers at once and counts what it was asked. */
export class CountingPlanner implements Planner {
  opened = 0;
  explained = 0;
  /** Sessions that were closed, and the planner itself. */
  closed = 0;
  /** Kills that its sessions report. */
  kills = 0;
  refusing = false;
  /** What its sessions say of a later try. */
  later: boolean | undefined;

  async open(request: SchemaRequest): Promise<PlannerSession | { refused: ReturnType<typeof text>; later: boolean }> {
    this.opened += 1;
    if (this.refusing) return { refused: text`no`, later: true };
    const nothing = { relations: [] };
    return {
      version: "PostgreSQL 18.6",
      base: nothing,
      head: nothing,
      notApplied: [],
      observed: [],
      work: { filesRun: request.head.length, kills: this.kills },
      ...(this.later !== undefined && { later: this.later }),
      explain: async ({ questions }) => {
        this.explained += 1;
        return questions.map(({ id, sql }) => (sql === "bad" ? { id, failed: text`no` } : { id, plan: sql }));
      },
      close: async () => this.close(),
    };
  }

  close(): void {
    this.closed += 1;
  }
}

/** The schema of one file. */
export const schema = (sql: string): SchemaRequest => ({ base: [], head: [{ path: "1.sql", sha: "1", sql }], observed: [] });

export const question = (sql: string, assumedRows = 10): PlanRequest => ({
  side: "head",
  statistics: { relations: [], columns: [], settings: {}, assumedRows },
  candidates: [],
  questions: [{ id: 3, sql }],
});

export async function sessionOf(planner: Planner, sql: string): Promise<PlannerSession> {
  const session = await planner.open(schema(sql));
  if ("refused" in session) throw new Error("refused");
  return session;
}
