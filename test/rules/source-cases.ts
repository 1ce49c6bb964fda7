import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/model/rule.js";
import type { FileFacts, SourceFile } from "../../src/model/source.js";
import { plain } from "../../src/model/text.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { languageOf } from "../../src/source/language.js";

type SourceRule = Rule<"source", Readonly<Record<string, never>>>;

interface Cases {
  /** Name, code, and what the message holds. */
  readonly firing: readonly (readonly [name: string, code: string, message?: string])[];
  readonly silent: readonly (readonly [name: string, code: string])[];
}

/** The facts of one text, read by the real parser in this process. */
export async function factsIn(path: string, code: string): Promise<FileFacts> {
  const language = languageOf(path);
  if (!language) throw new Error(`no language for ${path}`);
  return factsOf(code, language, { path });
}

/** A file that a change adds. */
export const addedFile = (head: FileFacts): SourceFile => ({
  path: head.path,
  head,
  base: null,
  added: [{ line: 1, endLine: head.lines }],
});

export const checkFiles = (rule: SourceRule, files: readonly SourceFile[]) => rule.check({ source: { files, skipped: [], left: {} } }, {});

/** Runs a rule over snippets of one language, each as a file of its own that the change adds. */
export function describeSourceRule(rule: SourceRule, path: string, { firing, silent }: Cases): void {
  describe(`${rule.id} in ${path}`, () => {
    it.each(firing.map(([name, code, message = ""]) => [name, code, message] as const))("asks about %s", async (_, code, message) => {
      const [finding] = checkFiles(rule, [addedFile(await factsIn(path, code))]);
      expect(finding).toBeDefined();
      expect(plain(finding?.message ?? [])).toContain(message);
    });

    it.each(silent)("is silent about %s", async (_, code) => {
      const found = checkFiles(rule, [addedFile(await factsIn(path, code))]);
      expect(found.map(({ message }) => plain(message))).toEqual([]);
    });
  });
}
