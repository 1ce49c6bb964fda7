import { stringify } from "yaml";
import { type OutlineKey, outline } from "./outline.js";

const LONGEST_LINE = 110;

function wrapped(prose: string): readonly string[] {
  const lines = [""];
  for (const word of prose.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length > LONGEST_LINE) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line) => `# ${line}`);
}

const yaml = (value: unknown): readonly string[] => stringify(value, { lineWidth: 0 }).trimEnd().split("\n");

/** What a key shows: its default, else its example. */
const shownValue = (key: OutlineKey): unknown => {
  if (key.example !== undefined || key.fallback !== undefined) return key.fallback ?? key.example;
  const entries = key.keys.flatMap((inner) => {
    const value = shownValue(inner);
    return value === undefined ? [] : [[inner.name, value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** In force from the start; everything else stands behind a `#`. */
const active: Readonly<Record<string, unknown>> = { mode: "advisory" };

const shownActive = ["endpoints", "on_budget_exceed"];

function paragraph(key: OutlineKey): readonly string[] {
  const value = active[key.name] ?? shownValue(key);
  const lines = yaml({ [key.name]: value });
  const inForce = key.name in active || shownActive.includes(key.name);
  return ["", ...wrapped(key.meaning), ...(inForce ? lines : lines.map((line) => `#${line}`))];
}

const HEAD = [
  "# Redline: performance budgets and review. Read at the tip of the base branch.",
  "# Write your own endpoints; to switch another section on, remove the # before its lines.",
  "# Advisory mode shows everything and blocks nothing. Remove the line `mode` to let budgets close the merge gate.",
];

/** A commented configuration to begin with: valid as it stands, and also with every `#` before a key removed. */
export function exampleConfiguration(): string {
  return `${[...HEAD, ...outline().flatMap(paragraph)].join("\n")}\n`;
}
