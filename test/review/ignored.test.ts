import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { readConfiguration } from "../../src/review/configured.js";
import { ignoredHere, withoutExpired } from "../../src/review/ignored.js";
import { results, time } from "../evidence/facts.js";
import { collected } from "./facts.js";

const yaml = `benchmarks:
  ignore:
    - { name: test_a, reason: weather, until: 2026-03-01 }
    - { name: "test_b*", reason: flaky }
`;
const on = (today: string) => withoutExpired(readConfiguration({ path: "redline.yml", text: yaml }, []), "redline.yml", today);

describe("ignored benchmarks", () => {
  it("are judged again from the day after their last, and that is said", () => {
    expect(on("2026-03-01")).toMatchObject({ problems: [], config: { benchmarks: { ignore: [{ name: "test_a" }, { name: "test_b*" }] } } });
    const { config, problems } = on("2026-03-02");
    expect(config.benchmarks.ignore.map(({ name }) => name)).toEqual(["test_b*"]);
    expect(problems.map(({ code, message }) => `${code}: ${plain(message)}`)).toEqual([
      "ignore-expired: benchmarks.ignore: test_a was to be ignored until 2026-03-01 and is judged again",
    ]);
  });

  it("are named when they were measured at this head", () => {
    const { ignore } = on("2026-01-01").config.benchmarks;
    const measured = collected({ results: results([time(1, { benchmark: "test_bc" })]) });
    expect(ignoredHere(ignore, measured).map(({ reason }) => reason)).toEqual(["flaky"]);
    expect(ignoredHere(ignore, collected({ results: null }))).toEqual([]);
  });
});
