import { readFileSync } from "node:fs";
import { validatorsOf } from "./openapi/validators.mjs";

const text = readFileSync(new URL("./openapi/github.json", import.meta.url), "utf8");
const validators = validatorsOf(text);

/** GitHub's operations: `{ id, method, path, request, responses }`. */
export const operations = JSON.parse(text).operations;

const describe = ({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`;

function problems(pointer, value) {
  const validate = validators.get(pointer);
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
