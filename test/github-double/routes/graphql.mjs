import { answerBlobs } from "../graphql/blobs.mjs";
import { answerChange } from "../graphql/pull-request-change.mjs";
import { answerFacts } from "../graphql/pull-request-facts.mjs";

/** The queries that are understood, by operation name. Anything else is answered with an error that says so. */
const queries = { PullRequestFacts: answerFacts, PullRequestChange: answerChange, Blobs: answerBlobs };

const unknown = (message) => ({ body: { errors: [{ type: "UNSUPPORTED", message }] } });

function handle(request) {
  const { body, entry } = request;
  const name = body.operationName ?? /^\s*query\s+(\w+)/.exec(body.query ?? "")?.[1];
  entry.graphql = name ?? "anonymous";
  const answer = Object.hasOwn(queries, name ?? "") ? queries[name] : undefined;
  if (!answer) return unknown(`The double understands the queries ${Object.keys(queries).join(", ")}, not ${name ?? "an unnamed one"}.`);
  const missing = missingVariables(body);
  if (missing.length > 0) return unknown(`Variable $${missing[0]} was provided invalid value: expected value to not be null`);
  return { body: answer({ ...request, variables: body.variables ?? {} }) };
}

/** Declared as non-null and not given. */
function missingVariables({ query, variables = {} }) {
  const declared = [...query.split("{", 1)[0].matchAll(/\$(\w+):\s*\w+!/g)].map((match) => match[1]);
  return declared.filter((name) => variables[name] === undefined || variables[name] === null);
}

export const graphqlRoutes = [{ id: "graphql", method: "POST", path: "/graphql", reads: true, handle }];
