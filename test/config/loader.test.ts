import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfigurationFile } from "../../src/config/loader.js";
import { plain } from "../../src/model/text.js";

async function load(content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "redline-")), "redline.yml");
  await writeFile(path, content);
  const loaded = await loadConfigurationFile(path);
  return "text" in loaded ? `read: ${loaded.text}` : plain(loaded.problem.message);
}

describe("loadConfigurationFile", () => {
  it("reads a text as it stands", async () => expect(await load("mode: advisory # é\n")).toBe("read: mode: advisory # é\n"));

  it("reads an empty file as an empty text", async () => expect(await load("")).toBe("read: "));

  it("refuses what is not UTF-8 (C03)", async () => {
    expect(await load(Uint8Array.of(0x61, 0xe9, 0x0a))).toBe("the configuration is not valid UTF-8");
  });

  it("refuses more than 64 KB without reading it (C03)", async () => {
    expect(await load("#".repeat(65_536))).toMatch(/^read: /u);
    expect(await load("#".repeat(65_537))).toBe("the configuration is larger than 64 KB");
  });

  it("refuses a folder, and says why a missing file cannot be read (C03)", async () => {
    const folder = await mkdtemp(join(tmpdir(), "redline-"));
    const missing = join(folder, "redline.yml");
    expect(await loadConfigurationFile(folder)).toMatchObject({ problem: { code: "config-invalid", level: "error", file: folder } });
    const loaded = await loadConfigurationFile(missing);
    expect("problem" in loaded && plain(loaded.problem.message)).toMatch(/^the configuration could not be read: ENOENT/u);
  });
});
