import { expect, test } from "vitest";
import { readCommand } from "../../src/events/command.js";

test.each([
  ["/redline override it is a one-off import", "it is a one-off import"],
  ["\n  /redline override\tbecause\nof   this\n", "because of this"],
  ["/Redline Override x", "x"],
  ["/redline override", null],
  ["/redline   override  \n", null],
])("%j asks for an override", (body, reason) => {
  expect(readCommand(body)).toEqual({ reason });
});

test.each([
  "",
  "override",
  "/redline",
  "/redline overrides now",
  "/redline override-now",
  "> /redline override x",
  "please /redline override x",
])("%j asks for nothing", (body) => {
  expect(readCommand(body)).toBeNull();
});

test("a reason is cut at 500 characters, whole ones, whatever the length of the comment", () => {
  expect([...(readCommand(`/redline override ${"🚀 ".repeat(40_000)}`)?.reason ?? "")]).toHaveLength(500);
});
