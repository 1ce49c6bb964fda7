import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { judgement } from "./document.js";
import { readHistories } from "./histories.js";
import { produce } from "./produce.js";
import { sourceSectionOf, withSourceSection } from "./source/section.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const started = Date.now();

const options = {
  histories: { type: "string", default: join(root, "test/eval/data") },
  produce: { type: "string" },
  quick: { type: "boolean", default: false },
  output: { type: "string", default: join(root, "docs/judgement.md") },
} as const;

/** The evaluation: npm run eval -- [--histories DIR] [--produce PROCESSES] [--quick] [--output FILE] */
const { values } = parseArgs({ options });
const read = readHistories(values.histories);
const processes = Number(values.produce ?? 0);
const produced = !(processes >= 1) ? [] : [produce(processes, join(root, "build/eval/here.jsonl"))];
const given = process.argv.slice(2);
const flags = [
  ...(given.includes("--histories") ? ["--histories DIR"] : []),
  ...(produced.length > 0 ? [`--produce ${processes}`] : []),
  ...(values.quick ? ["--quick"] : []),
];
const page = judgement(
  { ...read, processes: [...read.processes, ...produced] },
  {
    date: new Date(started).toISOString().slice(0, 10),
    command: ["npm run eval", ...(flags.length > 0 ? ["--", ...flags] : [])].join(" "),
    quick: values.quick,
    seconds: () => (Date.now() - started) / 1000,
  },
);
const earlier = existsSync(values.output) ? readFileSync(values.output, "utf8") : "";
writeFileSync(values.output, withSourceSection(page, sourceSectionOf(earlier)));
process.stdout.write(page);
const missed = page.match(/\*\*no\*\*/gu)?.length ?? 0;
if (missed > 0) process.stderr.write(`${missed} rules do not meet their published figures: see the column "as published"\n`);
