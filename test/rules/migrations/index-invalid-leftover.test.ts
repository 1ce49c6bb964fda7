import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { indexInvalidLeftover } from "../../../src/rules/migrations/index-invalid-leftover.js";
import { describeRule, findingsIn } from "../statements.js";

const CREATE = "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a);";

describeRule(indexInvalidLeftover, {
  firing: [
    ["CONCURRENTLY IF NOT EXISTS", CREATE, "CREATE INDEX CONCURRENTLY IF NOT EXISTS i on orders"],
    ["a unique one", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON shop.orders (a);", "i on shop.orders"],
    ["one behind a template hole", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON {{ .Ns }}.orders (a);", "on {{…}}.orders"],
    ["a partial one", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a) WHERE a > 1;", "i on orders"],
    ["several", `${CREATE} CREATE INDEX CONCURRENTLY IF NOT EXISTS j ON orders (b);`, "j on orders"],
  ],
  silent: [
    ["CONCURRENTLY alone, which fails instead", "CREATE INDEX CONCURRENTLY i ON orders (a);"],
    ["IF NOT EXISTS alone, which leaves nothing", "CREATE INDEX IF NOT EXISTS i ON orders (a);"],
    ["a plain index", "CREATE INDEX i ON orders (a);"],
    ["a drop", "DROP INDEX CONCURRENTLY IF EXISTS i;"],
    ["a comment", `-- ${CREATE}\nSELECT 1;`],
  ],
});

describe("migrations/index-invalid-leftover", () => {
  it("is off by default, and shows what to drop first", async () => {
    expect(indexInvalidLeftover.off).toBe(true);
    const help = plain((await findingsIn(indexInvalidLeftover, CREATE))[0]?.help ?? []);
    expect(help).toContain("DROP INDEX CONCURRENTLY IF EXISTS i;");
  });
});
