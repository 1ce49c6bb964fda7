import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type AsyncZippable, strFromU8, strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { gather } from "../../src/formats/bytes.js";
import { FormatError } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";
import { ArchiveError, ArchiveFull, type ArchiveOptions, openArchive } from "../../src/sandbox/archive.js";

type Wanted = NonNullable<ArchiveOptions["wanted"]>;

/** What the archive holds, each entry read to its end; or why it, or one of its entries, is not read. */
async function contents(zip: Uint8Array, options: ArchiveOptions = {}): Promise<Readonly<Record<string, string>> | string> {
  const archive = await openArchive([zip], options);
  if ("refused" in archive) return plain(archive.refused);
  try {
    const found: Record<string, string> = {};
    for (const { name, open } of archive.entries) found[name] = strFromU8(await gather(open()));
    return found;
  } catch (error) {
    if (error instanceof ArchiveError || error instanceof FormatError) return plain(error.sentence);
    throw error;
  } finally {
    archive.close();
  }
}

const only =
  (wanted: string): Wanted =>
  (name) =>
    name === wanted;

/** Renames an entry in the finished zip, to a name of the same length that no zip tool would write. */
function renamed(zip: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(zip).toString("latin1").replaceAll(from, to);
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

describe("an archive", () => {
  it("gives the wanted files with their sizes and bytes, in memory", async () => {
    const zip = zipSync({ "out/a.json": strToU8("{}"), "b.txt": strToU8("no"), "c/d.json": strToU8("[1]"), "e.json": strToU8("") });
    const wanted: Wanted = (name) => name.endsWith(".json");
    expect(await contents(zip, { wanted })).toEqual({ "out/a.json": "{}", "c/d.json": "[1]", "e.json": "" });
    const archive = await openArchive([zip.subarray(0, 7), zip.subarray(7)], { wanted });
    if ("refused" in archive) throw new Error(plain(archive.refused));
    expect(archive.entries.map(({ name, size }) => [name, size])).toEqual([
      ["out/a.json", 2],
      ["c/d.json", 3],
      ["e.json", 0],
    ]);
    archive.close();
  });

  it("gives every file when none is chosen, and no folder", async () => {
    const zip = zipSync({ "x/": new Uint8Array(), "x/a": strToU8("1"), b: strToU8("2") });
    expect(await contents(zip)).toEqual({ "x/a": "1", b: "2" });
  });

  it("gives large entries in chunks, several at a time, again, and only as far as they are read", async () => {
    const texts = ["one", "two"].map((word) => Array.from({ length: 200_000 }, (_, n) => `${word} ${n}\n`).join(""));
    const archive = await openArchive([zipSync({ a: strToU8(texts[0] ?? ""), b: [strToU8(texts[1] ?? ""), { level: 0 }] })]);
    if ("refused" in archive) throw new Error(plain(archive.refused));
    const [a, b] = archive.entries;
    if (!a || !b) throw new Error("entries are missing");
    for await (const chunk of b.open()) expect(chunk.length).toBeLessThan(1_100_000);
    for await (const chunk of a.open()) {
      expect(chunk.length).toBeLessThan(1_100_000);
      expect(strFromU8(chunk).startsWith("one 0\n")).toBe(true);
      expect(strFromU8(await gather(b.open()))).toBe(texts[1]);
      break;
    }
    expect(strFromU8(await gather(a.open()))).toBe(texts[0]);
    archive.close();
  });

  it("gives what gzip packed, also when it was packed in parts", async () => {
    const lines = '{"a":1}\n'.repeat(1_000);
    const zip = zipSync({ "k6.json.gz": gzipSync(lines), "two.json": Buffer.concat([gzipSync("1\n"), gzipSync("2\n")]) });
    expect(await contents(zip)).toEqual({ "k6.json.gz": lines, "two.json": "1\n2\n" });
  });

  it("gives the other entries when one holds damaged gzip", async () => {
    const zip = zipSync({
      "cut.gz": gzipSync("a".repeat(999)).subarray(0, 20),
      "bad.gz": Uint8Array.of(0x1f, 0x8b, 9, 9),
      "c.json": strToU8("3"),
    });
    for (const name of ["cut.gz", "bad.gz"]) expect(await contents(zip, { wanted: only(name) })).toBe("the gzip data is cut or damaged");
    const archive = await openArchive([zip]);
    if ("refused" in archive) throw new Error(plain(archive.refused));
    const [cut, , sound] = archive.entries;
    if (!cut || !sound) throw new Error("entries are missing");
    await expect(gather(cut.open())).rejects.toThrow(FormatError);
    expect(strFromU8(await gather(sound.open()))).toBe("3");
    archive.close();
  });

  it.each([
    ["a parent folder", "..aa/evil.json", "../a/evil.json", "invalid relative path: ../a/evil.json"],
    ["an absolute path", "aabs/evil.json", "/abs/evil.json", "absolute path: /abs/evil.json"],
    ["a drive", "Ca/evil.json", "C:/evil.json", "absolute path: C:/evil.json"],
    ["a backslash", "aa_evil.json", "aa\\evil.json", "invalid characters in fileName: aa\\evil.json"],
    ["a NUL character", "a_.json", "a\0.json", "its entry a\0.json has a NUL character in its name"],
  ])("refuses an archive with %s in a name, although nobody wants that entry (A05)", async (_, from, to, reason) => {
    const zip = renamed(zipSync({ "good.json": strToU8("{}"), [from]: strToU8("{}") }), from, to);
    expect(await contents(zip, { wanted: only("good.json") })).toBe(`the archive is not read: ${reason}`);
  });

  it("refuses a name that is there twice (A05)", async () => {
    const zip = renamed(zipSync({ "a.json": strToU8("1"), "b.json": strToU8("2") }), "b.json", "a.json");
    expect(await contents(zip)).toBe("the archive is not read: its entry a.json is there twice");
  });

  it("refuses a symbolic link (A05)", async () => {
    const entries: AsyncZippable = { link: [strToU8("/etc/passwd"), { os: 3, attrs: (0o120777 << 16) >>> 0 }] };
    expect(await contents(zipSync(entries))).toBe("the archive is not read: its entry link is a symbolic link");
  });

  it.each([1001, 10_000])("refuses %i entries, as more than 1,000 (A04)", async (count) => {
    const entries = Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.json`, strToU8("1")]));
    expect(await contents(zipSync(entries))).toBe("the archive is not read: it holds more than 1000 entries");
  });

  it("refuses an entry that grows more than 200 times (A04)", async () => {
    expect(await contents(zipSync({ "bomb.json": new Uint8Array(20_000_000) }))).toBe(
      "the archive is not read: its entry bomb.json grows more than 200 times when unpacked",
    );
  });

  it("refuses an entry that says it is smaller than it is (A04)", async () => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(20_000_000);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(100);
    const zip = renamed(zipSync({ "bomb.json": new Uint8Array(20_000_000) }), size.toString("latin1"), small.toString("latin1"));
    expect(await contents(zip)).toContain("too many bytes in the stream");
  });

  it("refuses gzip data that grow more than 200 times, in themselves (A04)", async () => {
    const zip = zipSync({ "bomb.json.gz": gzipSync(new Uint8Array(20_000_000)) });
    expect(await contents(zip)).toBe("the archive is not read: its entry bomb.json.gz grows more than 200 times when unpacked");
  });

  it("unpacks no more in all than it may, and nothing that is not asked for (A04)", async () => {
    const noise = (bytes: number): Uint8Array => randomBytes(bytes);
    const zip = zipSync({ "a.bin": noise(900_000), "b.bin": noise(900_000), "c.bin": noise(900_000) });
    await expect(contents(zip, { unpackedBytes: 2_000_000 })).rejects.toThrow(ArchiveFull);
    expect(Object.keys(await contents(zip, { unpackedBytes: 2_700_000 }))).toHaveLength(3);
    expect(Object.keys(await contents(zip, { unpackedBytes: 900_000, wanted: only("b.bin") }))).toEqual(["b.bin"]);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["text", strToU8("not a zip at all")],
    ["half a zip", zipSync({ "a.json": strToU8("{}") }).slice(0, 40)],
  ])("refuses %s", async (_, bytes) => {
    expect(await contents(bytes)).toMatch(/^the archive is not read: .*(end of central directory|not a zip)/i);
  });

  /** Many entries of the directory at the end that all point to the one entry at the start (Fifield, "A better zip bomb"). */
  function overlapping(bytes: number, count: number): Uint8Array {
    const zip = Buffer.from(zipSync({ "000.json": randomBytes(bytes) }, { level: 0 }));
    const directory = zip.readUInt32LE(zip.length - 6);
    const entry = zip.subarray(directory, zip.length - 22);
    const entries = Array.from({ length: count }, (_, index) => {
      const copy = Buffer.from(entry);
      copy.write(String(index).padStart(3, "0"), 46, "latin1");
      return copy;
    });
    const end = Buffer.from(zip.subarray(zip.length - 22));
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(count * entry.length, 12);
    return Buffer.concat([zip.subarray(0, directory), ...entries, end]);
  }

  it.each([2, 900])("refuses %i entries that overlap (A04)", async (count) => {
    expect(await contents(overlapping(10_000, count))).toBe("the archive is not read: its entries overlap");
  });

  it("refuses sizes of more than 4 GB, and does not open an archive within it (A04)", async () => {
    const inner = zipSync({ "inner.zip": zipSync({ "bomb.json": new Uint8Array(1_000_000) }) });
    expect(await contents(inner, { wanted: (name) => name.endsWith(".json") })).toEqual({});
    const zip = Buffer.from(zipSync({ "a.json": randomBytes(1000) }));
    zip.writeUInt32LE(0xffffffff, zip.readUInt32LE(zip.length - 6) + 24);
    expect(await contents(zip)).toMatch(/^the archive is not read: /);
  });

  it("gives up at the deadline (A04)", async () => {
    expect(await contents(zipSync({ "a.json": strToU8("{}") }), { deadlineMs: 0 })).toContain("it took longer than");
  });
});
