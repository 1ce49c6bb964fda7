import { describe, expect, it } from "vitest";
import { configOf, problemsOf } from "../reading.js";

describe("rules", () => {
  it("gives a rule another severity, or none", () => {
    const rules = { "migrations/fk-validate": "blocking", "queries/order-by-random": "off" };
    expect(configOf(`rules: ${JSON.stringify(rules)}`).rules).toEqual(rules);
    expect(configOf("").rules).toEqual({});
  });

  it.each([
    [
      "rules: { fk-validate: off }",
      "fk-validate is not accepted as a key here (column 10); write the id of a rule such as migrations/fk-validate",
    ],
    [
      "rules: { migrations/fk-validate: warn }",
      "migrations/fk-validate: warn is not accepted here (column 10); write one of blocking, warning, notice, question, off",
    ],
    [
      "rules: { migrations/fk-validate: false }",
      "migrations/fk-validate: false is not accepted here (column 10); write one of blocking, warning, notice, question, off",
    ],
    ["rules: [a]", "rules: a list is not accepted here (column 1); write keys and values below it, or remove the key"],
  ])("refuses %s", (yaml, problem) => expect(problemsOf(yaml)).toEqual([`1: ${problem}`]));
});
