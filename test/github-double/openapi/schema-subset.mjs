/** Maps of a schema whose keys are names of GitHub's, not words of JSON Schema: there `description` is a property. */
const maps = ["properties", "patternProperties", "definitions"];
const prose = ["description", "example", "examples", "title", "externalDocs"];

/** A schema without prose and extensions. Properties that are merely called `description` stay. */
export function strip(node) {
  if (Array.isArray(node)) return node.map(strip);
  if (node === null || typeof node !== "object") return node;
  const kept = Object.entries(node).filter(([key]) => !prose.includes(key) && !key.startsWith("x-"));
  return Object.fromEntries(kept.map(([key, value]) => [key, maps.includes(key) ? stripEach(value) : strip(value)]));
}

const stripEach = (schemas) => Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strip(schema)]));

/** OpenAPI 3.0's `nullable` in the words of JSON Schema, which does not know it. */
export function repairNullable(node) {
  if (Array.isArray(node)) return node.map(repairNullable);
  if (node === null || typeof node !== "object") return node;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, repairNullable(value)]));
  if (nullable === undefined || typeof nullable === "object") return nullable === undefined ? rest : { ...rest, nullable };
  if (nullable === false) return rest;
  return typeof rest.type === "string" ? nullableType(rest) : { anyOf: [rest, { type: "null" }] };
}

function nullableType(schema) {
  const type = [schema.type, "null"];
  return schema.enum && !schema.enum.includes(null) ? { ...schema, type, enum: [...schema.enum, null] } : { ...schema, type };
}

/** Names of the component schemas that a node refers to. */
export function referencesOf(node) {
  const names = [...JSON.stringify(node).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
  return new Set(names);
}
