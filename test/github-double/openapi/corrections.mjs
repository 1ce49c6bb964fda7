const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const orNull = (schema) => ({ anyOf: [schema, { type: "null" }] });

/**
 * Where the packaged text is narrower than what GitHub sends. Changes the schema of an answer in place.
 * An account of a listed installation is described as user and enterprise at once, which nothing can be.
 */
export function correctOperation(operation) {
  if (operation.id === "apps/list-installations") operation.responses[200] = { type: "array", items: ref("installation") };
  return operation;
}

/** The head repository of a pull request is null once the fork was deleted; a label may have no description in lists as elsewhere. */
export function correctSchema(name, schema) {
  if (name !== "pull-request" && name !== "pull-request-simple") return schema;
  const head = schema.properties.head.properties;
  head.repo = orNull(head.repo);
  head.user = ref("nullable-simple-user");
  if (name === "pull-request-simple") {
    const label = schema.properties.labels.items.properties;
    label.description = orNull(label.description);
  }
  return schema;
}
