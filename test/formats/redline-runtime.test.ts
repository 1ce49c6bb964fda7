import { describe, expect, it } from "vitest";
import { runtimeSchema } from "../../src/formats/redline-runtime-schema.js";
import { brokenOf, fixture, fixtureJson, runOf, sentence } from "./reading.js";

const example = () => fixtureJson<Record<string, unknown>>("redline-runtime/handmade-redline-runtime.json");

describe("the manifest", () => {
  it("is read as it is written", async () => {
    const { runtime, measurements } = await runOf(fixture("redline-runtime/handmade-redline-runtime.json"));
    expect(runtime).toMatchObject({ manifest: { suite: "api", spansEnded: 110, sampler: "always_on", instrumentations: [] } });
    expect(measurements).toEqual([]);
  });

  it.each([
    [{ schemaVersion: 2 }, "unknown-version"],
    [{ headSha: "1111111" }, "unexpected-shape"],
    [{ files: [{ name: "../x", sha256: "0".repeat(64) }] }, "unexpected-shape"],
    [{ files: [] }, "unexpected-shape"],
    [{ spansEnded: -1 }, "unexpected-shape"],
    [{ anything: 1 }, "unexpected-shape"],
  ])("is refused with %o", async (change, code) => expect((await brokenOf({ ...example(), ...change })).code).toBe(code));

  it("names the place that is wrong", async () => {
    expect(sentence(await brokenOf({ ...example(), headSha: "x" }))).toContain("headSha");
  });

  it("has a schema that editors can use", async () => {
    await expect(runtimeSchema()).toMatchFileSnapshot("../../docs/redline-runtime.schema.json");
  });
});
