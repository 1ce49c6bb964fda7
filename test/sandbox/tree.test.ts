import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { readTarball } from "../../src/sandbox/tree.js";

type Entry = readonly [name: string, content: string | Uint8Array, header?: Partial<Header>];

async function packed(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const [name, content, header] of entries) tar.entry({ name, ...header }, Buffer.from(content));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const tarball = async (entries: readonly Entry[]): Promise<Uint8Array> => gzipSync(await packed(entries));

/** What gzip makes of so many copies, without packing each: its parts one after the other are one whole. */
function gzippedCopies(bytes: Uint8Array, count: number): Uint8Array {
  const part = gzipSync(bytes, { level: 9 });
  return Buffer.concat(Array.from({ length: count }, () => part));
}

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const isSql = (path: string): boolean => path.endsWith(".sql");

async function read(bytes: Uint8Array, limits: Parameters<typeof readTarball>[2] = {}) {
  const read = await readTarball(inPieces(bytes), [isSql], limits);
  const tree = read.status === "collected" ? read.value[0] : plain(read.reason);
  return tree ?? "no tree";
}

describe("a commit's tarball", () => {
  it("gives the wanted files without the folder around them, each named by what it holds", async () => {
    const long = `${"very-long-name/".repeat(12)}é.sql`;
    const entries: readonly Entry[] = [
      ["acme-shop-abc/", "", { type: "directory" }],
      ["acme-shop-abc/a.sql", "SELECT 'é';"],
      ["acme-shop-abc/b.ts", "no"],
      [`acme-shop-abc/${long}`, "SELECT 'é';"],
      ["acme-shop-abc/empty.sql", ""],
    ];
    const tree = await read(await tarball(entries));
    if (typeof tree === "string") throw new Error(tree);
    expect(tree.files.map(({ path, text }) => [path, text])).toEqual([
      ["a.sql", "SELECT 'é';"],
      [long, "SELECT 'é';"],
      ["empty.sql", ""],
    ]);
    expect(tree.files[0]?.sha).toMatch(/^[0-9a-f]{64}$/);
    expect([tree.files[1]?.sha, tree.incomplete]).toEqual([tree.files[0]?.sha, undefined]);
  });

  it("is read in as many batches as it takes", async () => {
    const entries = Array.from({ length: 200 }, (_, n): Entry => [`r/${n}.sql`, randomBytes(21_000 + n).toString("base64")]);
    const bytes = await tarball(entries);
    expect(bytes.length).toBeGreaterThan(4_000_000);
    const tree = await readTarball(inPieces(bytes, 65_536), [isSql]);
    if (tree.status === "absent") throw new Error(plain(tree.reason));
    expect(tree.value[0]?.files.map(({ path, text }) => `r/${path} ${text?.length}`)).toEqual(
      entries.map(([name, content]) => `${name} ${content.length}`),
    );
  });

  it("says why the text of a file is not there, and follows no link", async () => {
    const entries: readonly Entry[] = [
      ["r/binary.sql", new Uint8Array([83, 0, 1])],
      ["r/latin1.sql", new Uint8Array([45, 45, 32, 233, 10])],
      ["r/large.sql", "-- x\n".repeat(150_000)],
      ["r/link.sql", "", { type: "symlink", linkname: "/etc/passwd" }],
    ];
    const tree = await read(await tarball(entries));
    if (typeof tree === "string") throw new Error(tree);
    expect(Object.fromEntries(tree.files.map(({ path, text, unread }) => [path, text ?? unread]))).toEqual({
      "binary.sql": "binary",
      "latin1.sql": "not UTF-8",
      "large.sql": "larger than 512 KB",
      "link.sql": "symbolic link",
    });
  });

  it("uses no name as a path: what tries to escape is a file of that name", async () => {
    const tree = await read(
      await tarball([
        ["r/../../etc/a.sql", "SELECT 1;"],
        ["/abs/b.sql", "SELECT 2;"],
      ]),
    );
    expect(typeof tree === "string" ? tree : tree.files.map(({ path }) => path)).toEqual(["../../etc/a.sql", "abs/b.sql"]);
  });

  it("holds each kind of files by itself, so that many of one leave out none of another", async () => {
    const bytes = await tarball([
      ["r/1.ts", "1"],
      ["r/2.ts", "2"],
      ["r/a.sql", "SELECT 1;"],
    ]);
    const read = await readTarball(inPieces(bytes), [isSql, () => true], { files: 1 });
    if (read.status === "absent") throw new Error(plain(read.reason));
    expect(read.value.map(({ files, incomplete }) => [files.map(({ path }) => path), incomplete])).toEqual([
      [["a.sql"], undefined],
      [["1.ts"], "more than 1 of its files are wanted"],
    ]);
  });

  it("names each bound that it reached", async () => {
    const bytes = await tarball([
      ["r/1.sql", "SELECT 1;"],
      ["r/2.sql", "SELECT 2;"],
      ["r/3.sql", "SELECT 3;"],
    ]);
    expect(await read(bytes, { files: 2 })).toMatchObject({
      files: [{ path: "1.sql" }, { path: "2.sql" }],
      incomplete: "more than 2 of its files are wanted",
    });
    expect(await read(bytes, { packedBytes: 10 })).toMatchObject({ files: [], incomplete: "its archive is larger than 0.00001 MB" });
  });

  it.each([
    ["no gzip", async () => Buffer.from("hello, this is no archive"), /^the repository's archive is not read: incorrect header check/],
    [
      "a cut gzip",
      async () => (await tarball([["r/a.sql", "SELECT 1;".repeat(999)]])).subarray(0, 60),
      /^the repository's archive is not read: unexpected end of file/,
    ],
    ["no tar", async () => gzipSync("x".repeat(5000)), /^the repository's archive is not read: /],
    ["a bomb", async () => gzippedCopies(Buffer.alloc(3_000_000), 100), /^the repository's archive is not read: /],
  ])("is refused as a whole: %s", async (_, bytes, expected) => {
    const tree = await read(await bytes());
    expect(typeof tree === "string" ? tree : `read ${tree.files.length} files`).toMatch(expected);
  });

  it("is refused when one piece grows into more than a piece of source code does", async () => {
    const one = await packed([["r/a.sql", " ".repeat(500_000)]]);
    // Without the two empty blocks that end a tarball.
    const many = gzippedCopies(one.subarray(0, -1024), 400);
    expect(await read(many)).toBe("the repository's archive is not read: it grows too much when unpacked");
  });
});
