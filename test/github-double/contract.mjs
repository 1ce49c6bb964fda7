import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const document = JSON.parse(readFileSync(new URL("./openapi/github.json", import.meta.url), "utf8"));
const ajv = addFormats(new Ajv({ strict: false, logger: false, allErrors: false }));
ajv.addSchema(document, "github");

/** GitHub's operations: `{ id, method, path, request, responses }`. */
export const operations = document.operations;

const compiled = new Map();

/** A validator for a place in the document, compiled when it is first needed. */
function validator(pointer) {
  if (!compiled.has(pointer)) compiled.set(pointer, ajv.compile({ $ref: `github#${pointer}` }));
  return compiled.get(pointer);
}

const describe = ({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`;

function problems(pointer, value) {
  const validate = validator(pointer);
  return validate(value) ? [] : validate.errors.slice(0, 5).map(describe);
}

/** What is wrong with a request body, as sentences; empty when it fits GitHub's description. */
export function requestProblems(id, body) {
  const index = operations.findIndex((operation) => operation.id === id);
  if (index === -1 || operations[index].request === null || body === undefined) return [];
  return problems(`/operations/${index}/request`, body);
}

/** What is wrong with a 2xx response body; statuses that GitHub does not describe are wrong too. */
export function responseProblems(id, status, body) {
  const index = operations.findIndex((operation) => operation.id === id);
  if (index === -1 || status < 200 || status > 299) return [];
  const schema = operations[index].responses[status];
  if (schema === undefined) return [`${id} does not answer ${status}`];
  if (schema === null) return body === undefined ? [] : [`${id} answers ${status} without a body`];
  return problems(`/operations/${index}/responses/${status}`, body);
}
