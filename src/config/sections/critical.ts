import { z } from "zod";
import type { CriticalPart } from "../config.js";
import { longest } from "../glob.js";
import { listOf, section, words } from "../values.js";

/** As globs they become up to six characters longer. */
const LONGEST = longest.pattern - 10;
const path = words(`a path as in CODEOWNERS of at most ${LONGEST} characters, in quotes`, LONGEST);

const name = words("the name of a function such as Cart.total, or a part of it with * for the rest", 200);
const cover = words("the name of a benchmark, an endpoint, or a glob of benchmark files", 500);

const part = section({
  paths: listOf(path).default([]).describe("Where it lies, as in CODEOWNERS; without any, anywhere."),
  functions: listOf(name).default([]).describe("Only changes inside of these functions count; `*` stands for any characters."),
  covered_by: listOf(cover)
    .default([])
    .describe(
      "Benchmarks by name, endpoints or benchmark files that exercise it: one of them has to be measured at the head or changed with it.",
    ),
})
  .refine(({ paths, functions }) => paths.length + functions.length > 0, {
    path: ["paths"],
    error: "write paths or functions",
    when: ({ issues }) => issues.length === 0,
  })
  .transform(({ covered_by: coveredBy, ...rest }): CriticalPart => ({ ...rest, coveredBy }));

export const critical = listOf(z.union([path.transform((path): CriticalPart => ({ paths: [path], functions: [], coveredBy: [] })), part]))
  .default([])
  .describe(
    "Where performance matters most: a change there needs a benchmark and, with `block_merge`, results. A path is written as in CODEOWNERS: `*.sql` anywhere, `/src/checkout/` with everything below, `src/checkout/**` too. Endpoints with a budget are critical without being named here.",
  )
  .meta({
    example: ["src/checkout/**", { paths: ["src/pricing/"], functions: ["Cart.total"], covered_by: ["test_pricing*", "GET /api/cart"] }],
  });
