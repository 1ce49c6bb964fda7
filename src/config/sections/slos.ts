import { listOf, quantity, section, words } from "../values.js";

const expression = words("a PromQL expression of at most 2000 characters", 2000);

export const slos = listOf(
  section({
    name: words("a name").describe("What is promised."),
    target: quantity("share", { positive: true, most: [1, "100%"] }).describe("Share of good events that is promised."),
    window: quantity("duration", { positive: true }).describe("Over which time."),
    indicator: section({ good: expression.describe("Good events."), total: expression.describe("All events.") }).describe(
      "PromQL of both counts.",
    ),
  }).transform(({ window, ...slo }) => ({ ...slo, windowMs: Math.round(window * 1000) })),
)
  .default([])
  .describe("Service level objectives. Checked and kept, without effect yet.")
  .meta({ example: [{ name: "API latency", target: "95%", window: "30d", indicator: { good: "sum(…)", total: "sum(…)" } }] });

export const alerts = listOf(
  section({
    name: words("a name").describe("What went wrong."),
    expr: expression.describe("PromQL that is true when it did."),
    severity: words("a severity such as warning or critical", 50).describe("How bad it is."),
  }),
)
  .default([])
  .describe("Alerts on objectives. Checked and kept, without effect yet.")
  .meta({ example: [{ name: "Burn rate", expr: "burn > 2", severity: "warning" }] });
