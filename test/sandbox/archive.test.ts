import { type AsyncZippable, strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { type Archive, readArchive } from "../../src/sandbox/archive.js";

const refusalOf = (archive: Archive): string => ("refused" in archive ? plain(archive.refused) : "not refused");
const namesOf = (archive: Archive): readonly string[] =>
  "entries" in archive ? archive.entries.map((entry) => entry.name) : [refusalOf(archive)];

/** Renames an entry in the finished zip, to a name of the same length that no zip tool would write. */
function renamed(zip: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(zip).toString("latin1").replaceAll(from, to);
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

describe("readArchive", () => {
  it("gives the wanted files with their bytes, in memory", async () => {
    const archive = await readArchive(
      zipSync({ "out/a.json": strToU8("{}"), "b.txt": strToU8("no"), "c/d.json": strToU8("[1]") }),
      (name) => name.endsWith(".json"),
    );
    expect(archive).toEqual({
      entries: [
        { name: "out/a.json", bytes: expect.anything() },
        { name: "c/d.json", bytes: expect.anything() },
      ],
    });
    expect("entries" in archive && archive.entries.map((entry) => Buffer.from(entry.bytes).toString())).toEqual(["{}", "[1]"]);
  });

  it("gives every file when none is chosen, and no folder", async () => {
    expect(namesOf(await readArchive(zipSync({ "x/": new Uint8Array(), "x/a": strToU8("1"), b: strToU8("2") })))).toEqual(["x/a", "b"]);
  });

  it.each([
    ["a parent folder", "..aa/evil.json", "../a/evil.json", "invalid relative path: ../a/evil.json"],
    ["an absolute path", "aabs/evil.json", "/abs/evil.json", "absolute path: /abs/evil.json"],
    ["a drive", "Ca/evil.json", "C:/evil.json", "absolute path: C:/evil.json"],
    ["a backslash", "aa_evil.json", "aa\\evil.json", "invalid characters in fileName: aa\\evil.json"],
    ["a NUL character", "a_.json", "a\0.json", "its entry a\0.json has a NUL character in its name"],
  ])("refuses an archive with %s in a name, although nobody wants that entry", async (_, from, to, reason) => {
    const zip = renamed(zipSync({ "good.json": strToU8("{}"), [from]: strToU8("{}") }), from, to);
    expect(refusalOf(await readArchive(zip, (name) => name === "good.json"))).toBe(`the archive is not read: ${reason}`);
  });

  it("refuses a name that is there twice", async () => {
    const zip = renamed(zipSync({ "a.json": strToU8("1"), "b.json": strToU8("2") }), "b.json", "a.json");
    expect(refusalOf(await readArchive(zip))).toBe("the archive is not read: its entry a.json is there twice");
  });

  it("refuses a symbolic link", async () => {
    const entries: AsyncZippable = { link: [strToU8("/etc/passwd"), { os: 3, attrs: (0o120777 << 16) >>> 0 }] };
    expect(refusalOf(await readArchive(zipSync(entries)))).toBe("the archive is not read: its entry link is a symbolic link");
  });

  it.each([1001, 10_000])("refuses %i entries, as more than 1,000", async (count) => {
    const entries = Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.json`, strToU8("1")]));
    expect(refusalOf(await readArchive(zipSync(entries)))).toBe("the archive is not read: it holds more than 1000 entries");
  });

  it("refuses an entry that grows more than 200 times", async () => {
    expect(refusalOf(await readArchive(zipSync({ "bomb.json": new Uint8Array(20_000_000) })))).toBe(
      "the archive is not read: its entry bomb.json grows more than 200 times when unpacked",
    );
  });

  it("refuses an entry that says it is smaller than it is", async () => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(20_000_000);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(100);
    const zip = renamed(zipSync({ "bomb.json": new Uint8Array(20_000_000) }), size.toString("latin1"), small.toString("latin1"));
    expect(refusalOf(await readArchive(zip))).toContain("too many bytes in the stream");
  });

  it("refuses more than 200 MB in all before it unpacks any", async () => {
    const bytes = (value: number): string => {
      const buffer = Buffer.alloc(4);
      buffer.writeUInt32LE(value);
      return buffer.toString("latin1");
    };
    let seed = 1;
    const noise = new Uint8Array(1_100_000).map(() => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed >>> 16;
    });
    const zip = renamed(zipSync({ "a.bin": noise }), bytes(1_100_000), bytes(210_000_000));
    expect(refusalOf(await readArchive(zip))).toBe("the archive is not read: it unpacks to more than 200 MB");
  });

  it("refuses more than 50 MB of zip", async () => {
    expect(refusalOf(await readArchive(new Uint8Array(50 * 1024 * 1024 + 1)))).toBe("the archive is not read: it is larger than 50 MB");
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["text", strToU8("not a zip at all")],
    ["half a zip", zipSync({ "a.json": strToU8("{}") }).slice(0, 40)],
  ])("refuses %s", async (_, bytes) => {
    expect(refusalOf(await readArchive(bytes))).toMatch(/^the archive is not read: .*(end of central directory|not a zip)/i);
  });

  it("gives up at the deadline", async () => {
    expect(refusalOf(await readArchive(zipSync({ "a.json": strToU8("{}") }), () => true, { deadlineMs: 0 }))).toContain(
      "it took longer than",
    );
  });
});
