import { z } from "zod";
import { lockModes } from "../../model/catalogue.js";

// Everything that a hostile child could say is checked here; nothing else of it is believed.
const name = z.object({ schema: z.string(), name: z.string() });
const relationKind = z.enum(["table", "partitioned", "view", "materialized view", "foreign table"]);

const relation = name.extend({
  kind: relationKind,
  columns: z.array(
    z.object({ name: z.string(), type: z.string(), notNull: z.boolean(), hasDefault: z.boolean(), collation: z.string().nullable() }),
  ),
  indexes: z.array(
    z.object({
      name: z.string(),
      keys: z.array(
        z.object({ column: z.string().nullable(), expression: z.string(), operatorClass: z.string().nullable(), descending: z.boolean() }),
      ),
      included: z.array(z.string()),
      unique: z.boolean(),
      primary: z.boolean(),
      method: z.string(),
      predicate: z.string().nullable(),
      valid: z.boolean(),
      definition: z.string().nullable(),
    }),
  ),
  foreignKeys: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      parent: name,
      parentColumns: z.array(z.string()),
      validated: z.boolean(),
    }),
  ),
  checks: z.array(z.object({ name: z.string(), expression: z.string(), validated: z.boolean() })),
  partitionOf: name.nullable(),
  partitionKey: z.array(z.string()),
});

const reader = name.extend({ kind: z.enum(["view", "function"]), reads: z.array(name) });

export const catalogueShape = z.object({ relations: z.array(relation), readers: z.array(reader) });

export const observationShape = z.object({
  locks: z.array(z.object({ relation: name, kind: z.enum([...relationKind.options, "index"]), mode: z.enum(lockModes) })),
  rewritten: z.array(name),
  scanned: z.array(name),
});

export const openAnswer = z.object({});
export const fileAnswer = z.object({ steps: z.array(z.object({ start: z.number(), end: z.number() })).nullable() });
export const stepAnswer = z.object({ observation: observationShape.nullable().optional(), failed: z.string().optional() });
export const catalogueAnswer = z.object({ catalogue: z.string(), version: z.string() });
export const snapshotAnswer = z.object({ snapshot: z.instanceof(Uint8Array) });
export const sizesAnswer = z.object({ notBuilt: z.array(z.object({ candidate: z.string(), message: z.string() })) });
export const explainAnswer = z.union([z.object({ plan: z.string() }), z.object({ failed: z.string() })]);
export const brokenAnswer = z.object({ broken: z.string() });
