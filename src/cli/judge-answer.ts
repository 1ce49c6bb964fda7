import { comparisonReason } from "../evidence/comparison-reasons.js";
import { plain } from "../model/text.js";
import { isOver, type Judgement } from "../statistics/judge.js";
import { judgeModeA } from "../statistics/mode-a.js";
import { HISTORY_MINIMUM, HISTORY_RUNS, judgeModeB } from "../statistics/mode-b.js";
import { judgeModeC } from "../statistics/mode-c.js";
import { isFields, type JudgeRequest, RequestError, readRequest } from "./judge-request.js";

/** An answer's fields in the order in which they are written; docs/judge.md says what they mean. */
export type JudgeAnswer =
  | { readonly id: string | null; readonly error: string }
  | ({ readonly id: string } & Pick<Judgement, "decision" | "change" | "p" | "need"> & { reason?: string; visible?: number });

function judge(request: JudgeRequest): Judgement {
  if (request.mode === "A") return judgeModeA(request);
  const { better, history, head } = request;
  return history.length < HISTORY_MINIMUM ? judgeModeC({ better, baseline: history, head }) : judgeModeB(request);
}

function reason(judgement: Judgement, { head, blockEffect, ...request }: JudgeRequest): string {
  const history = request.mode === "B" ? Math.min(request.history.length, HISTORY_RUNS) : 0;
  const blocks = !isOver(Math.log1p(blockEffect), judgement.effect);
  return plain(comparisonReason(judgement, { runs: head.length, history, differences: [], blockEffect, blocks }));
}

function answer(id: string, request: JudgeRequest): JudgeAnswer {
  const judgement = judge(request);
  const { decision, change, p, need, visible } = judgement;
  if (!Number.isFinite(change)) throw new RequestError("head and base lie too far apart for a ratio");
  return {
    id,
    decision,
    change,
    ...(p !== undefined && { p }),
    ...(decision === "inconclusive" && { ...(need !== undefined && { need }), reason: reason(judgement, request) }),
    ...(Number.isFinite(visible) && { visible }),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** Judges the request in one line. Never throws: what is wrong with a request is its answer. */
export function answerLine(line: string): JudgeAnswer {
  const fields = parsed(line);
  if (!isFields(fields)) return { id: null, error: "the line is not a JSON object" };
  const id = Object.hasOwn(fields, "id") && typeof fields.id === "string" ? fields.id : null;
  try {
    return answer(id ?? "", readRequest(fields));
  } catch (error) {
    return { id, error: error instanceof RequestError ? error.message : "the request cannot be judged" };
  }
}
