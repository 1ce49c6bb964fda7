import { z } from "zod";
import { configuration } from "./schema.js";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** One key of the configuration, as documentation and the example show it. */
export interface OutlineKey {
  /** `evidence.wait`, `endpoints.<name>.latency_p99`, `slos[].name`. */
  readonly path: string;
  readonly name: string;
  readonly type: string;
  /** Left out where nothing, an empty list or an empty mapping is the default. */
  readonly fallback?: unknown;
  readonly example?: unknown;
  readonly meaning: string;
  readonly keys: readonly OutlineKey[];
}

/** The sections say `example`, because zod drops `examples` wherever a transformation follows. */
const renameExample = ({ jsonSchema: schema }: { readonly jsonSchema: JsonSchema }): void => {
  if (schema.example === undefined) return;
  schema.examples = [schema.example];
  delete schema.example;
};

/** The JSON schema of the file, for editors. */
export function jsonSchema(): JsonSchema {
  return z.toJSONSchema(configuration, { io: "input", target: "draft-7", unrepresentable: "any", override: renameExample });
}

const isSchema = (schema: unknown): schema is JsonSchema => typeof schema === "object" && schema !== null && !Array.isArray(schema);

const itemOf = (schema: JsonSchema): JsonSchema | undefined => (isSchema(schema.items) ? schema.items : undefined);

const namedValueOf = (schema: JsonSchema): JsonSchema | undefined =>
  isSchema(schema.additionalProperties) ? schema.additionalProperties : undefined;

const joined = (types: readonly string[]): string => [...new Set(types)].join(" or ");

function typeOf(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.anyOf) return joined(schema.anyOf.filter(isSchema).map(typeOf));
  const item = itemOf(schema);
  if (schema.type === "array") return item && item.type !== "object" ? `list of ${typeOf(item)}` : "list";
  const value = namedValueOf(schema);
  if (schema.type === "object") return value && value.type !== "object" ? `names with ${typeOf(value)}` : "keys";
  const names: Readonly<Record<string, string>> = { string: "text", boolean: "true or false", integer: "whole number", null: "null" };
  return names[String(schema.type)] ?? "value";
}

const isEmpty = (value: unknown): boolean => value === null || (typeof value === "object" && Object.keys(value ?? {}).length === 0);

function keysBelow(schema: JsonSchema, path: string): readonly OutlineKey[] {
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) => (isSchema(inner) ? [keyOf(inner, name, path)] : []));
  const [value, item] = [namedValueOf(schema), itemOf(schema)];
  if (value) return keysBelow(value, `${path}.<name>`);
  if (item) return keysBelow(item, `${path}[]`);
  const branch = schema.anyOf?.find((candidate) => isSchema(candidate) && candidate.properties !== undefined);
  return isSchema(branch) ? keysBelow(branch, path) : [];
}

function keyOf(schema: JsonSchema, name: string, above: string): OutlineKey {
  const path = above === "" ? name : `${above}.${name}`;
  const example: unknown = schema.examples?.[0];
  return {
    path,
    name,
    type: typeOf(schema),
    ...(schema.default !== undefined && !isEmpty(schema.default) && { fallback: schema.default }),
    ...(example !== undefined && { example }),
    meaning: schema.description ?? "",
    keys: keysBelow(schema, path),
  };
}

/** Every key of the configuration, in the order of the schema. */
export function outline(): readonly OutlineKey[] {
  return keysBelow(jsonSchema(), "");
}
