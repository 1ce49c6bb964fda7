import { expect, it } from "vitest";
import { withoutProfiles } from "../../src/evidence/delivered-profiles.js";
import type { ResultFile } from "../../src/model/evidence.js";
import { plain, text } from "../../src/model/text.js";

const measured: ResultFile = { file: "bench.json", run: { format: "custom", measurements: [], problems: [] } };
const profile: ResultFile = { file: "a.cpuprofile", run: { ...measured.run, profile: { samples: 1, hot: [] } } };

it("profiles are no results, and nothing is left where there are only profiles", () => {
  const both = withoutProfiles({ status: "collected", value: { files: [measured, profile] } });
  expect(both).toEqual({ results: { status: "collected", value: { files: [measured] } }, profiles: [profile] });
  const { results } = withoutProfiles({ status: "collected", value: { files: [profile] } });
  expect(results.status === "absent" && plain(results.reason)).toBe("only CPU profiles were handed in, and no result file");
});

it("problems of other files are kept", () => {
  const problems = [{ level: "error", code: "broken", message: text`x` }] as const;
  expect(withoutProfiles({ status: "collected", value: { files: [profile], problems } }).results).toEqual({
    status: "collected",
    value: { files: [], problems },
  });
});
