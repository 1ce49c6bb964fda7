import type { BudgetMetric, BudgetResult } from "../model/judgement.js";
import type { Unit } from "../model/measurement.js";
import { figure, join, type Text, text } from "../model/text.js";
import type { BudgetJudgement, LimitKind } from "../statistics/budget.js";
import { formatQuantity, formatRatio, formatShare } from "../statistics/quantity.js";

/** Why a limit could not be held against anything. */
export interface NoData {
  readonly absence: NonNullable<BudgetResult["absence"]>;
  readonly reason: Text;
}

const labelOf = (metric: BudgetMetric): string => {
  if (metric === "throughput_min") return "throughput";
  return metric === "error_rate_max" ? "error rate" : `${metric.replace("latency_", "").replace("_", ".")} latency`;
};

/** A budget's figure for reading: an error rate is a share, everything else a quantity. */
export function budgetFigure(metric: string, value: number, unit: Unit): Text {
  return figure(metric === "error_rate_max" ? formatShare(value) : formatQuantity(value, unit));
}

const runCount = (count: number): Text => (count === 1 ? text`1 run` : text`${count} runs`);

/** A k6 summary has no p99 and autocannon has no p95 unless asked or told otherwise; the remedy is always to measure it. */
export function noMetric(metric: BudgetMetric, files: number, covering: number): NoData {
  if (covering > 0) {
    return {
      absence: "no-metric",
      reason: text`a load test measured this endpoint, but its result does not give the ${[labelOf(metric)]}`,
    };
  }
  const reason = files === 1 ? text`the one result file does not measure it` : text`none of the ${files} result files measures it`;
  return { absence: "no-metric", reason };
}

function spare(headroom: number | null): Text {
  return headroom === null ? [] : text`, ${figure(formatRatio(Math.abs(headroom)).replace("+", ""))} of it left`;
}

/** What is judged: the limit in the unit of the figure, and where it comes from when it was computed. */
export interface JudgedLimit {
  readonly metric: string;
  readonly unit: Unit;
  readonly limit: number;
  readonly note?: Text;
}

/** What a judgement of a budget says to a reader, with the figures it rests on. */
export function budgetReason(judgement: BudgetJudgement, limit: JudgedLimit, kind: LimitKind, values: readonly number[]): Text {
  const show = (value: number): Text => budgetFigure(limit.metric, value, limit.unit);
  const against = text`${show(judgement.actual)} against ${kind === "at-most" ? ["at most"] : ["at least"]} ${show(limit.limit)}${limit.note ?? []}`;
  const runs = join(values.map(show), ", ");
  switch (judgement.reason) {
    case "within":
      return text`${against}${spare(judgement.headroom)}, median of ${runCount(values.length)}`;
    case "all-runs-over":
      return text`${against}: all ${values.length} runs exceed it (${runs})`;
    case "far-over":
      return text`${against}: exceeded by more than half, which fails without a rerun`;
    case "strict":
      return text`${against}: exceeded, and this budget is strict`;
    case "reruns-needed":
      return text`${against}: exceeded in ${runCount(values.length)} of 3; run it again on this head`;
    case "some-runs-over":
      return text`${against}: the median of ${runCount(values.length)} exceeds it, but not every run does (${runs})`;
  }
}
