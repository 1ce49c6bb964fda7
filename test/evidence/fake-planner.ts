import type { PlannerSession, PlanRequest } from "../../src/evidence/planner.js";
import type { KnownStatistics } from "../../src/evidence/statistics.js";
import type { Catalogue } from "../../src/model/catalogue.js";
import { text } from "../../src/model/text.js";

/** What the fake answers to one statement: a plan's JSON, or the database's refusal. */
export type FakePlan = (sql: string, request: PlanRequest) => unknown;

export interface FakeSession extends PlannerSession {
  readonly requests: readonly PlanRequest[];
}

/** A planner that knows what to say. */
export function fakeSession(base: Catalogue, head: Catalogue, answer: FakePlan): FakeSession {
  const requests: PlanRequest[] = [];
  return {
    requests,
    version: "PostgreSQL 18.6",
    base,
    head,
    notApplied: [],
    observed: [],
    explain: async (request) => {
      requests.push(request);
      return request.questions.map(({ id, sql }) => {
        const said = answer(sql, request);
        return typeof said === "string" ? { id, failed: text`${said}` } : { id, plan: said };
      });
    },
    close: async () => {},
  };
}

/** Sizes of the shop as exported: 300,000 orders, 400,000 items. */
export const exported: KnownStatistics = {
  statistics: {
    relations: Object.entries({ customers: 20_000, orders: 300_000, items: 400_000 }).map(([name, rows]) => ({
      schema: "public",
      name,
      rows,
      pages: Math.ceil(rows / 50),
      allVisible: 0,
    })),
    columns: [],
    settings: {},
    assumedRows: 10_000_000,
  },
  source: text`exported on 2026-10-01`,
  problems: [],
};
