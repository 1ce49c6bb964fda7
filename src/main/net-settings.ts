import { z } from "zod";
import type { NetSettings } from "./nets.js";
import { patternProblem } from "./schedules.js";

/** When a net looks; `off` for never. */
const schedule = (name: string, usual: string) =>
  z
    .string()
    .default(usual)
    .transform((written, { addIssue }) => {
      if (written === "off") return null;
      const problem = patternProblem(written);
      if (problem === null) return written;
      addIssue(`${name} is neither off nor a cron pattern, such as ${usual}: ${problem}`);
      return z.NEVER;
    });

/** The nets' part of the environment. */
export const netVariables = {
  REDLINE_NET_ACTIVE: schedule("REDLINE_NET_ACTIVE", "*/5 * * * *"),
  REDLINE_NET_ALL: schedule("REDLINE_NET_ALL", "23 * * * *"),
  REDLINE_NET_DELIVERIES: schedule("REDLINE_NET_DELIVERIES", "*/2 * * * *"),
};

const shape = z.object(netVariables);

export const netsOf = (data: z.output<typeof shape>): NetSettings => ({
  active: data.REDLINE_NET_ACTIVE,
  all: data.REDLINE_NET_ALL,
  deliveries: data.REDLINE_NET_DELIVERIES,
});
