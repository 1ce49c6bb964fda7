import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { type Protection, weaknesses, weaknessLine } from "../../src/review/protection.js";

const APP = 7;
const NAME = "redline/main";
const protection = (sources: readonly (number | null)[], others: Protection["others"] = []): Protection => ({
  required: [{ name: "ci", source: null }, ...sources.map((source) => ({ name: NAME, source }))],
  others,
});
const codes = (of: Protection): readonly string[] => weaknesses(of, NAME, APP).map(({ code }) => code);

describe("what protects a branch", () => {
  it.each<[string, Protection, readonly string[]]>([
    ["the check is required from this App", protection([APP]), []],
    ["two rulesets require it, one of them from this App", protection([null, APP]), []],
    ["nothing requires it", protection([]), ["not-required"]],
    ["it is required from any source", protection([null]), ["any-source"]],
    ["it is required from another App", protection([8]), ["other-source"]],
    ["somebody else sets it as well", protection([APP], [8, 8, APP]), ["same-name"]],
    ["somebody else sets it, and nothing tells the two apart", protection([null], [8, null]), ["any-source", "same-name"]],
  ])("is told where %s (O13, R24)", (_, of, expected) => {
    expect(codes(of)).toEqual(expected);
  });

  it("is one line in the check, with what mends it, and none where nothing is wrong (O13)", () => {
    expect(weaknessLine(weaknesses(protection([APP]), NAME, APP))).toBeNull();
    expect(plain(weaknessLine(weaknesses(protection([null], [8, null]), NAME, APP)) ?? [])).toBe(
      "⚠️ This gate can be passed by: redline/main is taken from any source, so whoever may write can set it; redline/main was also set by App 8, no App. Settings → Rules → Rulesets: require the check, with this App as its source.",
    );
  });
});
