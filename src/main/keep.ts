import { z } from "zod";
import type { Keep } from "../store/upkeep/keep.js";

const LONGEST_DAYS = 36_500;

const days = (name: string, otherwise: number) =>
  z.coerce
    .number(`${name} is not a number of days`)
    .int(`${name} is not a whole number of days`)
    .min(1, `${name} is less than a day`)
    .max(LONGEST_DAYS, `${name} is more than a hundred years`)
    .default(otherwise);

/** For how many days what is kept. GitHub redelivers for three days, and calls a check stale after 14. */
export const keepVariables = {
  REDLINE_KEEP_PULLS_DAYS: days("REDLINE_KEEP_PULLS_DAYS", 90),
  REDLINE_KEEP_HEADS_DAYS: days("REDLINE_KEEP_HEADS_DAYS", 30),
  REDLINE_KEEP_DELIVERIES_DAYS: days("REDLINE_KEEP_DELIVERIES_DAYS", 30),
  REDLINE_KEEP_HISTORY_DAYS: days("REDLINE_KEEP_HISTORY_DAYS", 730),
  REDLINE_KEEP_AUDIT_DAYS: days("REDLINE_KEEP_AUDIT_DAYS", 730),
  REDLINE_KEEP_UNINSTALLED_DAYS: days("REDLINE_KEEP_UNINSTALLED_DAYS", 30),
};

const shape = z.object(keepVariables);

export const keepOf = (variables: z.infer<typeof shape>): Keep => ({
  pulls: variables.REDLINE_KEEP_PULLS_DAYS,
  heads: variables.REDLINE_KEEP_HEADS_DAYS,
  deliveries: variables.REDLINE_KEEP_DELIVERIES_DAYS,
  history: variables.REDLINE_KEEP_HISTORY_DAYS,
  audit: variables.REDLINE_KEEP_AUDIT_DAYS,
  uninstalled: variables.REDLINE_KEEP_UNINSTALLED_DAYS,
});

export const defaultKeep: Keep = keepOf(shape.parse({}));
