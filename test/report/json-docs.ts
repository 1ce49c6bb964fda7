interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const variants = (schema: Schema): readonly Schema[] => schema.anyOf ?? [schema];

const typeOf = (schema: Schema): string =>
  variants(schema)
    .map((one) => {
      if (one.const !== undefined) return `\`${JSON.stringify(one.const)}\``;
      if (one.enum) return one.enum.map((value) => `\`${value}\``).join(", ");
      return one.items ? `list of ${typeOf(one.items)}` : [one.type ?? "any"].flat().join(" or ");
    })
    .join(" or ");

const within = (schema: Schema): Schema | undefined =>
  variants(schema)
    .map((one) => one.items ?? one)
    .find((one) => one.properties);

const rows = (schema: Schema, prefix: string): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = within(field);
    const path = `${prefix}${name}${field.type === "array" ? "[]" : ""}`;
    const optional = schema.required?.includes(name) ? "" : ", may be absent";
    const row = `| \`${path}\` | ${typeOf(field)}${optional} | ${field.description ?? ""} |`;
    return inner ? [row, ...rows(inner, `${path}.`)] : [row];
  });

/** docs/json.md: every field of the schema, and an example. */
export function jsonDocs(schema: object, example: object): string {
  return `# JSON v1

\`redline review --format json\` writes one object of this shape. Its JSON Schema is [review.schema.json](review.schema.json).

- Figures are in SI base units: seconds, bytes, operations per second; ratios and error rates are plain numbers (5 % is 0.05).
  A figure that does not exist is \`null\`.
- Within version 1 fields may be added; none is renamed, removed or given another meaning. Readers should ignore fields that they do
  not know.
- Names, paths, statements and messages hold text from the pull request and its result files as it was written. Escape it
  before you show it.
- This page and the schema are generated from \`src/report/json-schema.ts\`; \`npm run test:update\` writes them anew.

| Field | Type | Meaning |
| --- | --- | --- |
${rows(schema, "").join("\n")}

## Example

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;
}
