import { expect, test } from "vitest";
import { lacking } from "../../src/github/grants.js";
import { events } from "../../src/github/permissions.js";

const all = {
  ...{ metadata: "read", checks: "write", pull_requests: "write", contents: "read" },
  ...{ actions: "read", merge_queues: "read", members: "read", issues: "read" },
};

test("whoever has what app.yml asks for, or more, lacks nothing (P03)", () => {
  expect(lacking({ permissions: all, events: Object.keys(events) })).toEqual({ permissions: [], events: [] });
  expect(lacking({ permissions: { ...all, contents: "write", members: "admin" }, events: Object.keys(events) }).permissions).toEqual([]);
});

test("what is missing, or too little, is named once, with the access that is needed (R21)", () => {
  const { checks: _, ...without } = all;
  const { permissions, events: told } = lacking({ permissions: { ...without, pull_requests: "read" }, events: ["push"] });
  expect(permissions).toEqual(["checks: write", "pull_requests: write"]);
  expect(told).toEqual(Object.keys(events).filter((event) => event !== "push"));
});
