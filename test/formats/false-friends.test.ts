import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binaryFriend, jsonFriend, markupFriend, textFriend } from "../../src/formats/false-friends.js";
import { plain } from "../../src/model/text.js";

describe("files that are given by mistake", () => {
  test("are told by the keys they begin with, never by a part of them", () => {
    expect(plain(jsonFriend({ assertions: [], simulation: "demo" }) ?? [])).toContain("assertions.json");
    expect(plain(jsonFriend({ resourceLogs: [] }) ?? [])).toContain("traces");
    for (const other of [{ assertions: [] }, { total: {} }, { aggregate: { counters: {} } }, [{ name: "a" }], 3, null])
      expect(jsonFriend(other)).toBeUndefined();
  });

  test("are told by their first line, where it is a header", () => {
    expect(plain(textFriend(["Timestamp,User Count,Type"]) ?? [])).toContain("_stats_history.csv");
    expect(textFriend(["a", "Timestamp,User Count,Type"])).toBeUndefined();
    expect(textFriend([])).toBeUndefined();
  });

  test("are told from other markup and other binary files", () => {
    expect(plain(markupFriend("<svg>") ?? [])).toBe("it is XML");
    expect(markupFriend("text")).toBeUndefined();
    expect(binaryFriend(new Uint8Array([0x7f, 0x45]))).toBeUndefined();
    expect(binaryFriend(new Uint8Array())).toBeUndefined();
  });

  test("property: nothing that anybody can write makes the telling fail", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.string()), fc.uint8Array({ maxLength: 40 }), (value, lines, bytes) => {
        jsonFriend(value);
        textFriend(lines);
        binaryFriend(bytes);
      }),
    );
  });
});
