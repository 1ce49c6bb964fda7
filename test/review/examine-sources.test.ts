import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { statementsBounded } from "../../src/review/examine-sources.js";
import { statementsIn } from "../rules/planned.js";
import { collected, nothing } from "./facts.js";

async function seen(from?: { readonly dialect: "mysql"; readonly path: string }): Promise<string> {
  const statements = await statementsIn("SELECT a FROM b WHERE c = 1", "queries/b.sql");
  const files = [{ path: "queries/b.sql", kind: "query", dialect: "mysql", statements } as const];
  const answer = statementsBounded(collected({ statements: { ...nothing.statements, files, ...(from && { dialectFrom: from }) } }));
  return answer.status === "complete" ? plain(answer.seen) : answer.status;
}

describe("bounded statements", () => {
  it("are said to be of the database that a tool's file names", async () => {
    expect(await seen({ dialect: "mysql", path: "knexfile.js" })).toBe(
      "1 changed statement parsed in queries/b.sql as mysql, which knexfile.js names",
    );
    expect(await seen()).toBe("1 changed statement parsed in queries/b.sql");
  });
});
