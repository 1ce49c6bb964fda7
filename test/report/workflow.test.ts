import { expect, test } from "vitest";
import { renderWorkflow } from "../../src/report/workflow.js";
import { cases, infected, taking } from "./hostile.js";
import { all, blocked, open, waiting } from "./reviews.js";

const commandsOf = (annotations: string): readonly string[] => annotations.trimEnd().split("\n");

test.each(Object.entries(all))("the workflow commands of a review that is %s", async (name, review) => {
  await expect(renderWorkflow(review).annotations).toMatchFileSnapshot(`../fixtures/report/workflow/${name}.txt`);
});

test("the verdict is the first command, as loud as it has to be", () => {
  expect(commandsOf(renderWorkflow(blocked).annotations)[0]).toMatch(/^::error title=Redline::\/api\/checkout latency_p99/);
  expect(commandsOf(renderWorkflow(waiting).annotations)[0]).toMatch(/^::warning title=Redline::/);
  expect(renderWorkflow(open).annotations).toBe("::notice title=Redline::No performance budget is exceeded\n");
});

test("findings follow with file and lines, escaped as the runner asks", () => {
  expect(commandsOf(renderWorkflow(blocked).annotations)[1]).toBe(
    "::error file=db/migrate/0042_orders_by_customer.sql,line=3,endLine=4,title=migrations/index-create-blocking::CREATE INDEX on orders (2,100,000 rows) blocks every write until it is built%0AWrite `CREATE INDEX CONCURRENTLY` in a migration of its own, outside a transaction.",
  );
  expect(commandsOf(renderWorkflow(blocked).annotations)[2]).toContain("LIKE %25' || $1 || '%25 cannot");
});

/** Reads a line as the runner does: name, properties up to the next `::`, data. */
function read(line: string) {
  const [, name, properties, data] = /^::(\w+) (.*?)::(.*)$/su.exec(line) ?? [];
  const plain = (value: string): string =>
    value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
  const pairs = (properties ?? "").split(",").map((pair) => [pair.slice(0, pair.indexOf("=")), plain(pair.slice(pair.indexOf("=") + 1))]);
  return { name, properties: Object.fromEntries(pairs), data: plain(data ?? "") };
}

test("whatever strangers write, a command stays one command with its own properties", () => {
  const next = taking(cases(2_000));
  for (let round = 0; round < 200; round += 1) {
    const review = infected(blocked, next);
    const { annotations } = renderWorkflow(review);
    const lines = annotations.split("\n");
    expect(lines).toHaveLength(5);
    expect(lines.pop()).toBe("");
    expect(annotations.replaceAll("\n", "")).not.toMatch(/\r/u);
    const [verdict, ...rest] = lines.map(read);
    expect(verdict).toMatchObject({ name: "error", properties: { title: "Redline" } });
    expect(rest.map(({ name }) => name)).toEqual(["error", "warning", "notice"]);
    for (const { properties } of rest) expect(Object.keys(properties)).toEqual(["file", "line", "endLine", "title"]);
    const worst = review.findings.find(({ severity, at }) => severity === "blocking" && at);
    expect(rest[0]?.properties.file).toBe(worst?.at?.path);
  }
});

test("the step summary holds the verdict, the checklist and what is folded", () => {
  const { summary } = renderWorkflow(blocked);
  expect(summary).toContain("❌ **`/api/checkout`");
  expect(summary).toContain("### Checklist");
  expect(summary).toContain("<details><summary>What this review looked at</summary>");
});
