import { z } from "zod";
import type { Config } from "../config.js";
import { choice, flag, listOf, quantity, section, whole, words } from "../values.js";

/** GitHub's own limit. */
const LONGEST_LABEL = 50;

const LOGIN = /^[A-Za-z0-9][A-Za-z0-9-]*$/u;

export const override = section({
  label: words(`a label of at most ${LONGEST_LABEL} characters`, LONGEST_LABEL)
    .default("perf-override")
    .describe("Label that opens a closed gate when a member of the required team puts it."),
  quorum: whole(1, 10)
    .default(1)
    .describe("How many different people have to agree on the same head. With 2, one person with two accounts needs another one."),
  expires: quantity("duration", { positive: true, most: [366 * 86_400, "366d"] })
    .nullable()
    .default(null)
    .describe("How long an override holds; without it, as long as the head stays.")
    .meta({ example: "7d" }),
  reason: z
    .union([choice(["required", "optional"]), flag])
    .default("optional")
    .describe("Whether a written reason is required: then only the comment `/redline override <reason>` counts."),
  people: listOf(words("a login", 39, LOGIN))
    .default([])
    .describe(
      "Logins that may override in the repository of a personal account, where there are no teams; without them, whoever has the role maintain or admin.",
    ),
})
  .prefault({})
  .transform((given): Config["override"] => ({
    label: given.label,
    quorum: given.quorum,
    expiresMs: given.expires === null ? null : Math.round(given.expires * 1000),
    reason: given.reason === true || given.reason === "required",
    people: given.people,
  }))
  .describe("Who may open a closed gate, and how.");
