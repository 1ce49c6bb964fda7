import { describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { judgeOverride, type LabelRequest, type OverrideFacts } from "../../src/review/override.js";
import { granted } from "./facts.js";

const head = granted.sha;
const other = "b".repeat(40);
const request = (parts: Partial<LabelRequest> = {}): LabelRequest => ({
  action: "labeled",
  label: "perf-override",
  actor: { id: 7, login: "mona", type: "User" },
  headSha: head,
  at: granted.at,
  ...parts,
});
const given = (parts: Partial<OverrideFacts> = {}): OverrideFacts => ({
  label: "perf-override",
  team: "perf-team",
  headSha: head,
  authorId: 1,
  present: true,
  requests: [request()],
  membership: "active",
  earlier: [],
  ...parts,
});
const reasonOf = (facts: OverrideFacts): string => {
  const { override } = judgeOverride(facts);
  return override && override.status !== "granted" ? plain(override.reason) : "granted";
};

describe("a label", () => {
  it("is an override when an active member who is not the author put it on this head", () => {
    expect(judgeOverride(given())).toMatchObject({
      override: { status: "granted", by: "mona", sha: head, team: "perf-team" },
      removeLabel: false,
    });
  });

  it.each([
    ["the author", { authorId: 7 }, "author"],
    ["a bot", { requests: [request({ actor: { id: 9, login: "labeler[bot]", type: "Bot" } })] }, "not a person"],
    ["somebody outside the team", { membership: "none" }, "not a member"],
    ["somebody whose invitation is pending", { membership: "pending" }, "not yet accepted"],
    ["somebody on an earlier head", { requests: [request({ headSha: other })] }, "put on bbbbbbb"],
    ["a member when no team is configured", { team: null }, "names no team"],
    ["a person whose webhook never came", { requests: [] }, "not known who"],
  ] as const)("put by %s opens nothing and is taken off", (_, parts, reason) => {
    expect(judgeOverride(given(parts))).toMatchObject({ override: { status: "refused" }, removeLabel: true });
    expect(reasonOf(given(parts))).toContain(reason);
  });

  it("waits, closed, when GitHub does not answer about the team", () => {
    expect(judgeOverride(given({ membership: "unknown" }))).toMatchObject({
      override: { status: "refused" },
      removeLabel: false,
      retry: true,
    });
  });

  it("of another name asks for nothing", () => {
    expect(judgeOverride(given({ present: false, requests: [request({ label: "perf-overrıde" })] })).override).toBeNull();
  });

  it("counts by its last word: put by a member, taken off and put again by a stranger", () => {
    const requests = [request(), request({ action: "unlabeled" }), request({ actor: { id: 8, login: "eve", type: "User" } })];
    expect(judgeOverride(given({ requests, membership: "none" })).override).toMatchObject({ status: "refused", by: "eve" });
  });
});

describe("an override that was granted", () => {
  it("is void when the label is taken off", () => {
    expect(reasonOf(given({ present: false, earlier: [granted] }))).toContain("taken off");
  });

  it("is void after a push, whether the label is still there or not", () => {
    const pushed = { headSha: other, earlier: [granted] };
    expect(judgeOverride(given(pushed))).toMatchObject({ override: { status: "void" }, removeLabel: true });
    expect(reasonOf(given({ ...pushed, present: false }))).toContain("new head");
  });

  it("is not revived by pushing back to the head it was granted on", () => {
    const voided = { status: "void", by: "mona", at: granted.at, sha: head, label: "perf-override", reason: [] } as const;
    expect(judgeOverride(given({ present: false, earlier: [granted, voided] })).override).toMatchObject({ status: "void" });
    expect(reasonOf(given({ earlier: [granted, voided] }))).toContain("it has ended");
  });

  it("is void when its giver leaves the team", () => {
    expect(judgeOverride(given({ membership: "none", earlier: [granted] })).override).toMatchObject({ status: "void" });
  });
});

describe("a refusal", () => {
  it("stays answered on this head after the label was taken off, and is forgotten on the next", () => {
    const { override } = judgeOverride(given({ membership: "none" }));
    const earlier = override ? [override] : [];
    expect(judgeOverride(given({ present: false, earlier })).override).toEqual(override);
    expect(judgeOverride(given({ present: false, earlier, headSha: other })).override).toBeNull();
  });
});
