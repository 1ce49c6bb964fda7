import { z } from "zod";

export interface MetricsSettings {
  /** Shown at /metrics of the front door to who sends it as a bearer. */
  readonly token: string | undefined;
  /** A port of the loopback interface where nobody is asked. */
  readonly port: number | undefined;
}

/** The metrics' part of the environment. */
export const metricsVariables = {
  REDLINE_METRICS_TOKEN: z
    .string()
    .min(16, "REDLINE_METRICS_TOKEN is shorter than 16 characters: generate one with openssl rand -hex 32")
    .regex(/^\S+$/, "REDLINE_METRICS_TOKEN has blanks, which no header can carry")
    .optional(),
  REDLINE_METRICS_PORT: z.coerce
    .number("REDLINE_METRICS_PORT is not a number")
    .int("REDLINE_METRICS_PORT is not a whole number")
    .min(0, "REDLINE_METRICS_PORT is negative")
    .max(65_535, "REDLINE_METRICS_PORT is above 65535")
    .optional(),
};

const shape = z.object(metricsVariables);

export const metricsOf = (data: z.output<typeof shape>): MetricsSettings => ({
  token: data.REDLINE_METRICS_TOKEN,
  port: data.REDLINE_METRICS_PORT,
});
