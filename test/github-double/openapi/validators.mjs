// GitHub's schemas as code. Compiling them takes two seconds, so that is done once for each content of them and kept in
// node_modules/.cache, together with what V8 made of the code: most doubles live for a few seconds only.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL("../../../node_modules/.cache/redline/", import.meta.url));

/** The places in the document that have a schema: JSON pointers. */
const pointersOf = ({ operations }) =>
  operations.flatMap(({ request, responses }, index) => [
    ...(request ? [`/operations/${index}/request`] : []),
    ...Object.keys(responses)
      .filter((status) => responses[status] !== null)
      .map((status) => `/operations/${index}/responses/${status}`),
  ]);

function compile(document) {
  const { default: Ajv } = require("ajv");
  const { default: addFormats } = require("ajv-formats");
  const { default: standaloneCode } = require("ajv/dist/standalone");
  // Each schema becomes one function, however often it is referred to: a third of the code.
  const ajv = addFormats(new Ajv({ strict: false, logger: false, inlineRefs: false, code: { source: true } }));
  ajv.addSchema(document, "github");
  const names = Object.fromEntries(pointersOf(document).map((pointer, index) => [`at${index}`, `github#${pointer}`]));
  return `(function (exports, require) {${standaloneCode(ajv, names)}\n})`;
}

function load(script) {
  const exports = {};
  script.runInThisContext()(exports, require);
  return exports;
}

/** Written whole or not at all: several doubles may start at once. Where nothing may be written, every double compiles. */
function keep(path, content) {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, content);
    renameSync(`${path}.${process.pid}`, path);
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes(error.code)) throw error;
  }
}

/** Functions by name, from the code at `path`, which is made when it is not there. */
function functionsOf(document, path) {
  if (existsSync(path) && existsSync(`${path}.v8`)) {
    return load(new Script(readFileSync(path, "utf8"), { filename: path, cachedData: readFileSync(`${path}.v8`) }));
  }
  const code = compile(document);
  const script = new Script(code, { filename: path });
  const functions = load(script);
  // V8 keeps what has run.
  for (const validate of Object.values(functions)) validate({});
  keep(`${path}.v8`, script.createCachedData());
  keep(path, code);
  return functions;
}

/** Validators of Ajv's by the pointer of their schema; `text` is the whole of github.json. */
export function validatorsOf(text) {
  const document = JSON.parse(text);
  const own = readFileSync(fileURLToPath(import.meta.url));
  const versions = [process.version, require("ajv/package.json").version, require("ajv-formats/package.json").version];
  const key = createHash("sha256").update(versions.join()).update(own).update(text).digest("hex").slice(0, 16);
  const functions = functionsOf(document, `${folder}contract-${key}.cjs`);
  return new Map(pointersOf(document).map((pointer, index) => [pointer, functions[`at${index}`]]));
}
