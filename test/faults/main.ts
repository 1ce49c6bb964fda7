import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, type Kind, readOptions } from "./options.js";
import { count, type Result, wronglyOpen } from "./result.js";
import { runFaults } from "./run.js";
import { complaints, render } from "./table.js";

const page = "docs/trust-faults.md";

/** Each store has a place of its own on the page. */
function write(text: string, engine: Engine): void {
  const [begin, end] = [`<!-- figures ${engine} -->`, `<!-- /figures ${engine} -->`];
  const [before, rest] = readFileSync(page, "utf8").split(begin);
  writeFileSync(page, `${before}${begin}\n\n${text}\n\n${end}${rest?.split(end)[1] ?? "\n"}`);
}

/** `npm run test:faults`: both Apps under the same load; exit code 1 when ours fails it. */
const { kinds, write: wanted, together, ...options } = readOptions(process.argv.slice(2));

async function run(kind: Kind): Promise<Result> {
  options.say(
    `${kind}: seed ${options.seed}, ${options.deliveries} deliveries, ${options.kills} kills, at most ${options.minutes} minutes`,
  );
  const trace = options.trace === undefined ? {} : { trace: join(options.trace, kind) };
  const result = await runFaults({ ...options, ...trace, kind });
  for (const line of complaints(result).slice(0, 40)) options.say(`  ${kind}: ${line}`);
  return result;
}

const results: Result[] = [];
if (together) results.push(...(await Promise.all(kinds.map(run))));
else for (const kind of kinds) results.push(await run(kind));
const text = render(results);
options.say(`\n${text}`);
if (wanted) write(text, options.engine);

const ours = results.filter(({ options: { kind } }) => kind === "redline");
const failed = ours.some((result) => {
  const atRest = count(result, "lost") + count(result, "duplicate") + count(result, "stale");
  const wrong = atRest + wronglyOpen(result, false) + result.violations.length + result.crashes.length;
  return wrong > 0 || result.transientComments > 1;
});
if (failed) options.say(`\nfailed: npm run test:faults -- --seed ${options.seed}`);
process.exitCode = failed ? 1 : 0;
