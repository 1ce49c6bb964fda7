import { describe, expect, it } from "vitest";
import { plain } from "../../../src/model/text.js";
import { rlsPolicyPerRow } from "../../../src/rules/migrations/rls-policy-per-row.js";
import { describeRule, findingsIn } from "../statements.js";

const policy = (condition: string): string => `CREATE POLICY own ON orders USING (${condition});`;

describeRule(rlsPolicyPerRow, {
  firing: [
    ["a bare call", policy("auth.uid() = user_id"), "POLICY own on orders calls auth.uid() for every row"],
    ["one in WITH CHECK", "CREATE POLICY own ON orders FOR INSERT WITH CHECK (auth.uid() = user_id);", "auth.uid()"],
    ["a setting", policy("tenant = current_setting('app.tenant')::uuid"), "current_setting()"],
    ["one beside a wrapped one", policy("(SELECT auth.uid()) = user_id AND auth.role() = 'x'"), "auth.role()"],
    ["one inside an operator", policy("(auth.jwt() ->> 'org') = org"), "auth.jwt()"],
    ["ALTER POLICY", "ALTER POLICY own ON orders USING (auth.uid() = user_id);", "auth.uid()"],
  ],
  silent: [
    ["a call in a sub-query", policy("(SELECT auth.uid()) = user_id")],
    ["a column's own condition", policy("deleted_at IS NULL AND owner = current_user")],
    ["a call on a column, which has to be made for each row", policy("lower(email) = 'a'")],
    ["now()", policy("expires_at > now()")],
    ["true", policy("true")],
    ["a plain function", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;"],
  ],
});

describe("migrations/rls-policy-per-row", () => {
  it("is a notice, and shows the call wrapped", async () => {
    const [finding] = await findingsIn(rlsPolicyPerRow, policy("auth.uid() = user_id"));
    expect(finding?.severity).toBe("notice");
    expect(plain(finding?.help ?? [])).toContain("(SELECT auth.uid(…))");
  });
});
