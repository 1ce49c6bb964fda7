import { describe, expect, it } from "vitest";
import { exampleConfiguration } from "../../src/config/describe.js";
import { configOf, problemsOf } from "./reading.js";

const switchedOn = exampleConfiguration().replaceAll(/^#(?! \S)/gmu, "");

describe("exampleConfiguration", () => {
  it("is valid as it stands, shows budgets, and blocks nothing", () => {
    const config = configOf(exampleConfiguration());
    expect(config.mode).toBe("advisory");
    expect(config.endpoints).toHaveLength(1);
  });

  it("closes the gate once the line `mode` is removed, as it says", () => {
    expect(configOf(exampleConfiguration().replace(/^mode: .*$/mu, "")).mode).toBe("blocking");
  });

  it("leaves every other section at its default", () => {
    const { endpoints, onBudgetExceed, ...rest } = configOf(exampleConfiguration());
    expect(configOf("")).toMatchObject(rest);
  });

  it("is valid with every line switched on, and then has every section", () => {
    expect(problemsOf(switchedOn)).toEqual([]);
    const defaults: Readonly<Record<string, unknown>> = { ...configOf("") };
    const config: Readonly<Record<string, unknown>> = { ...configOf(switchedOn) };
    expect(Object.keys(config)).toEqual(Object.keys(defaults));
    for (const section of ["evidence", "override", "rules", "database", "paths", "critical", "checklist", "slos", "alerts", "formats"]) {
      expect(config[section]).not.toEqual(defaults[section]);
    }
  });

  it("keeps its lines short enough to read", () => {
    for (const line of exampleConfiguration().split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  });
});
