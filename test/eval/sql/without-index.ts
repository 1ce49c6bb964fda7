import type { PlanAnswer, PlannerSession, PlanRequest } from "../../../src/evidence/planner.js";
import type { Catalogue, Index, Relation, RelationName } from "../../../src/model/catalogue.js";

const keyOf = (without: readonly RelationName[], sql: string): string => JSON.stringify([without, sql]);

/** A planner's session that plans each text once on each schema: with all indexes, or without these. */
export class RememberedPlans {
  private readonly session: PlannerSession;
  private readonly known = new Map<string, PlanAnswer>();

  constructor(session: PlannerSession) {
    this.session = session;
  }

  async explain(request: PlanRequest): Promise<readonly PlanAnswer[]> {
    const { without = [], questions } = request;
    const unknown = questions.filter(({ sql }) => !this.known.has(keyOf(without, sql)));
    const asked = unknown.length === 0 ? [] : await this.session.explain({ ...request, questions: unknown });
    for (const [at, answer] of asked.entries()) this.known.set(keyOf(without, unknown[at]?.sql ?? ""), answer);
    return questions.flatMap(({ id, sql }) => {
      const answer = this.known.get(keyOf(without, sql));
      return answer ? [{ ...answer, id }] : [];
    });
  }

  /** The session of a change that drops one index: as a migration would leave the schema, without running one. */
  without(relation: Relation, index: Index): PlannerSession {
    const head: Catalogue = {
      ...this.session.base,
      relations: this.session.base.relations.map((one) =>
        one === relation ? { ...one, indexes: one.indexes.filter((other) => other !== index) } : one,
      ),
    };
    const gone = [{ schema: relation.schema, name: index.name }];
    return {
      version: this.session.version,
      base: this.session.base,
      head,
      notApplied: [],
      observed: [],
      explain: (request) => this.explain(request.side === "head" ? { ...request, without: gone } : request),
      close: async () => {},
    };
  }
}
