// Regenerates github.json, the part of GitHub's own OpenAPI description that the local GitHub is held to.
// Run by hand: `node test/github-double/openapi/regenerate.mjs`. It packs @octokit/openapi (MIT) into a temporary
// folder and reads its one big file; the package unpacks to 385 MB and must never become a dependency.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { correctOperation, correctSchema } from "./corrections.mjs";
import { operations } from "./operations.mjs";
import { referencesOf, repairNullable, strip } from "./schema-subset.mjs";

const version = "23.0.2";
const source = "package/generated/api.github.com.json";
const here = fileURLToPath(new URL(".", import.meta.url));

/** Unpacks the two files we read into a new temporary folder. */
function unpack() {
  const folder = mkdtempSync(join(tmpdir(), "octokit-openapi-"));
  execFileSync("npm", ["pack", `@octokit/openapi@${version}`, "--silent"], { cwd: folder });
  execFileSync("tar", ["xzf", `octokit-openapi-${version}.tgz`, source, "package/LICENSE"], { cwd: folder });
  return folder;
}

/** One operation with its schemas only: `{ id, method, path, request, responses: { status: schema } }`. */
function operationOf(method, path, operation, deref) {
  const responses = {};
  for (const [status, response] of Object.entries(operation.responses)) {
    const schema = deref(response).content?.["application/json"]?.schema;
    if (status.startsWith("2")) responses[status] = schema === undefined ? null : repairNullable(strip(schema));
  }
  const body = operation.requestBody ? deref(operation.requestBody).content?.["application/json"]?.schema : undefined;
  return { id: operation.operationId, method: method.toUpperCase(), path, request: body ? repairNullable(strip(body)) : null, responses };
}

/** The chosen operations in the order of their ids, and every component schema that they reach. */
function subset(api) {
  const deref = (node) => (node.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], api) : node);
  const found = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operations.includes(operation.operationId))
      .map(([method, operation]) => correctOperation(operationOf(method, path, operation, deref))),
  );
  const missing = operations.filter((id) => !found.some((operation) => operation.id === id));
  if (missing.length > 0) throw new Error(`not in @octokit/openapi ${version}: ${missing.join(", ")}`);
  const schemas = {};
  const pending = [...referencesOf(found)];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (schemas[name]) continue;
    schemas[name] = correctSchema(name, repairNullable(strip(api.components.schemas[name])));
    pending.push(...referencesOf(schemas[name]));
  }
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { operations: found.sort((a, b) => (a.id < b.id ? -1 : 1)), schemas: sorted };
}

/** One line for each operation and schema, so that a newer version of GitHub shows as a readable difference. */
function write({ operations: chosen, schemas }) {
  const operationLines = chosen.map((operation) => JSON.stringify(operation)).join(",\n");
  const schemaLines = Object.entries(schemas).map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`);
  return `{"source":"@octokit/openapi ${version}","operations":[\n${operationLines}\n],"components":{"schemas":{\n${schemaLines.join(",\n")}\n}}}\n`;
}

const folder = unpack();
writeFileSync(join(here, "github.json"), write(subset(JSON.parse(readFileSync(join(folder, source), "utf8")))));
copyFileSync(join(folder, "package/LICENSE"), join(here, "LICENSE"));
rmSync(folder, { recursive: true });
