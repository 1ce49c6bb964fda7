import { stringify } from "yaml";
import { jsonSchema, type OutlineKey, outline } from "./outline.js";

const inline = (value: unknown): string => `\`${stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim()}\``;

const cell = (value: string): string => value.replaceAll("|", "\\|");

const row = (key: OutlineKey): string => {
  const example = key.example === undefined ? "" : ` Example: ${inline(key.example)}`;
  const fallback = key.fallback === undefined ? "" : inline(key.fallback);
  return `| ${[`\`${key.path}\``, key.type, fallback, `${key.meaning}${example}`].map(cell).join(" | ")} |`;
};

const rows = (keys: readonly OutlineKey[]): readonly string[] => keys.flatMap((key) => [row(key), ...rows(key.keys)]);

const table = (keys: readonly OutlineKey[]): readonly string[] => [
  "| key | value | default | meaning |",
  "| --- | --- | --- | --- |",
  ...rows(keys),
  "",
];

const example = (key: OutlineKey): readonly string[] =>
  key.example === undefined ? [] : ["```yaml", stringify({ [key.name]: key.example }, { lineWidth: 0 }).trimEnd(), "```", ""];

function valuesOf(key: OutlineKey): readonly string[] {
  const [first] = key.keys;
  if (first === undefined) return [`Value: ${key.type}.`, ""];
  const plain = key.keys.filter((inner) => inner.meaning === "");
  const told = key.keys.filter((inner) => inner.meaning !== "");
  const names = plain.map((inner) => `\`${inner.name}\``).join(", ");
  return [...(plain.length === 0 ? [] : [`Keys: ${names}. Value: ${first.type}.`, ""]), ...(told.length === 0 ? [] : table(told))];
}

const chapter = (key: OutlineKey): readonly string[] => [`## ${key.name}`, "", key.meaning, "", ...valuesOf(key), ...example(key)];

const INTRODUCTION = `# Configuration

<!-- Generated from src/config by \`npm run test:update\`. Do not edit. -->

Redline reads \`.github/redline.yml\` at the tip of the base branch, so that a pull request cannot loosen its own budget.
Every key is optional. Without a file the review is advisory: it shows everything and blocks nothing.

\`redline config init\` writes a commented file; \`redline config check\` says what a file means, or what is wrong with it.
For completion in an editor, begin the file with \`# yaml-language-server: $schema=\` and the address of \`docs/redline.schema.json\`.

Quantities carry their unit: \`200ms\`, \`1.5s\`, \`60m\`, \`7d\`; \`1000rps\` or \`1000/s\`; \`10%\`.
The file is plain YAML of at most 64 KB and 16 levels, without anchors, aliases and tags; unknown and repeated keys are refused.
`;

/** `docs/configuration.md`: every key with its value, default, meaning and an example. */
export function configurationPage(): string {
  return `${[INTRODUCTION, ...outline().flatMap(chapter)].join("\n").trimEnd()}\n`;
}

/** `docs/redline.schema.json`, for editors. */
export function configurationSchema(): string {
  const named = { ...jsonSchema(), title: "Redline configuration, .github/redline.yml" };
  return `${JSON.stringify(named, null, 2)}\n`;
}
