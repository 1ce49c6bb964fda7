import type { PlanNode } from "../model/plan.js";
import { type Text, text } from "../model/text.js";
import { readPlan } from "../sql/plan/read.js";
import type { NotBuilt, PlannerSession, PlanRequest } from "./planner.js";

/** A statement's plan, or why there is none. */
export type Answer = { readonly plan: PlanNode; readonly notBuilt?: readonly NotBuilt[] } | { readonly failed: Text };

const NO_ANSWER: Answer = { failed: text`the planner did not answer` };

/** Plans of these texts, in their order. Nothing is asked when there are none. */
export async function ask(
  session: PlannerSession,
  request: Omit<PlanRequest, "questions">,
  texts: readonly string[],
): Promise<readonly Answer[]> {
  if (texts.length === 0) return [];
  const answers = await session.explain({ ...request, questions: texts.map((sql, id) => ({ id, sql })) });
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return texts.map((_, id) => {
    const answer = byId.get(id);
    if (!answer) return NO_ANSWER;
    if ("failed" in answer) return { failed: answer.failed };
    const read = readPlan(answer.plan, session[request.side]);
    if (!("plan" in read)) return { failed: read.unreadable };
    return { plan: read.plan, ...(answer.notBuilt && { notBuilt: answer.notBuilt }) };
  });
}
