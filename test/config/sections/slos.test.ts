import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

const SLO = "slos: [{ name: API Latency, target: 95%, window: 30d, indicator: { good: sum(a), total: sum(b) } }]";

describe("slos and alerts", () => {
  it("checks and keeps an objective", () => {
    expect(configOf(SLO).slos).toEqual([
      { name: "API Latency", target: 0.95, windowMs: 2_592_000_000, indicator: { good: "sum(a)", total: "sum(b)" } },
    ]);
  });

  it("checks and keeps an alert", () => {
    const alert = { name: "Burn rate", expr: "(remaining / total) < 0.5", severity: "warning" };
    expect(configOf(`alerts: [${JSON.stringify(alert)}]`).alerts).toEqual([alert]);
  });

  it("names every missing part of an objective", () => {
    expect(problemsOf("slos:\n  - name: API Latency\n")).toEqual([
      "2: target is missing (column 5); write a share such as 10% or 0.5%",
      "2: window is missing (column 5); write a duration such as 200ms or 1.5s",
      "2: indicator is missing (column 5); write keys below it: good, total",
    ]);
  });

  it.each([
    [SLO.replace("95%", "0%"), "target: 0% is zero"],
    [SLO.replace("95%", "101%"), "target: 101% is too much"],
    [SLO.replace("95%", "95"), "target: 95 is a number without a unit"],
    [SLO.replace("sum(a)", "[]"), "good: a list is not accepted here"],
    ["alerts: [{ name: a, expr: b }]", "severity is missing"],
    ["alerts: { name: a }", "alerts: a group of keys is not accepted here"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)[0]).toContain(problem));
});
