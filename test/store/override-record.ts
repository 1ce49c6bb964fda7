import type { OverrideRecord } from "../../src/model/override.js";
import { text } from "../../src/model/text.js";

/** A line of the audit: a refusal. */
export const asked = (number: number, sha: string): OverrideRecord => ({
  ask: `label:${number}`,
  kind: "label",
  status: "refused",
  by: { id: 1, login: "eve" },
  askedAt: "2026-01-01T00:00:00Z",
  at: "2026-01-01T00:00:00Z",
  sha,
  on: sha,
  base: { ref: "main", sha: "base" },
  configuration: "",
  team: null,
  teamId: null,
  label: null,
  covers: [],
  reason: null,
  expires: null,
  notice: null,
  why: text`no`,
});
