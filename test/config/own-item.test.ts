import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOwnItem, ownItem } from "../../src/config/own-item.js";

describe("the id of a line of the team's own", () => {
  it("is read in it, and comes from its text alone", () => {
    expect(ownItem("Cache keys carry the tenant")).toBe("own/cache-keys-carry-the-tenant-d9988aa1");
    expect(ownItem("Cache keys carry the tenants")).not.toBe(ownItem("Cache keys carry the tenant"));
    expect(ownItem("Ключи кэша")).toMatch(/^own\/[0-9a-f]{8}$/u);
  });

  it("is always one that a comment may name", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => isOwnItem(ownItem(text))));
  });

  it.each(["own/", "own/short", "queries/explained", `own/${"a".repeat(61)}`, "own/UPPERCASE1", "own/../../12345678"])(
    "%s is none",
    (name) => {
      expect(isOwnItem(name)).toBe(false);
    },
  );
});
