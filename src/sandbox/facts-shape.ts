import { z } from "zod";
import type { CodeFacts } from "../model/source.js";

/** What a child may answer: its text is a stranger's, and so may be all that it says. */
const index = z.number().int().min(0);
const reference = index.nullable();
const words = z.array(z.string());
const lines = { line: index, endLine: index };
const range = z.object({ start: index, end: index });

const valueKind = z.enum([
  ...["string", "number", "boolean", "null", "identifier", "member", "object", "array", "spread", "function", "call", "other"],
] as const);

const functionShape = z.object({
  ...lines,
  name: z.string().nullable(),
  path: z.string(),
  parameters: words,
  callback: z.boolean(),
  async: z.boolean(),
  function: reference,
});

const loopShape = z.object({
  ...lines,
  kind: z.enum(["for-each", "counted", "endless", "while", "channel", "callback", "comprehension"]),
  header: z.string(),
  iterable: z.string(),
  iterableKind: valueKind,
  iterableCall: reference,
  variables: words,
  awaited: z.boolean(),
  writtenOut: z.boolean(),
  afterFailure: z.boolean(),
  function: reference,
  loop: reference,
});

const useShape = z.object({
  how: z.enum([
    ...[
      "discarded",
      "assigned",
      "field",
      "scope",
      "deferred",
      "returned",
      "yielded",
      "argument",
      "chained",
      "iterated",
      "decorator",
      "nested",
    ],
  ] as const),
  names: words,
  of: reference,
});

const callShape = z.object({
  ...lines,
  ...range.shape,
  callee: z.string(),
  receiver: words,
  root: z.enum(["name", "call", "construction", "literal", "other"]),
  method: z.string(),
  chain: words,
  constructs: z.boolean(),
  awaited: z.boolean(),
  outermost: z.boolean(),
  arguments: z.array(z.object({ keyword: z.string().nullable(), kind: valueKind, text: z.string(), keys: words, call: reference })),
  whenMissing: z.boolean(),
  block: z.boolean(),
  use: useShape,
  function: reference,
  loop: reference,
});

const flowShape = z.object({
  name: z.string(),
  line: index,
  function: reference,
  how: z.enum(["returned", "yielded", "stored", "scope"]),
});

export const factsShape = z.object({
  language: z.enum(["typescript", "tsx", "javascript", "python", "go", "java", "ruby", "rust", "c-sharp", "php"]),
  lines: index,
  functions: z.array(functionShape),
  loops: z.array(loopShape),
  calls: z.array(callShape),
  flows: z.array(flowShape),
  imports: z.array(z.object({ local: z.string().nullable(), imported: z.string().nullable(), module: z.string() })),
  errors: z.array(range),
  suppressions: z.array(z.object({ rule: z.string(), reason: z.string(), line: index })),
}) satisfies z.ZodType<CodeFacts>;
