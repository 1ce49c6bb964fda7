import { FormatError, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import type { RuntimeManifest } from "../model/runtime.js";
import { text } from "../model/text.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { runtimeManifest } from "./redline-runtime-schema.js";

const id = "redline-runtime";
const title = "Redline's manifest of runtime evidence";

const recognizes = (head: Uint8Array): boolean => fields(peek(head)).format === id;

function refuseOtherVersions(value: unknown): void {
  const { schemaVersion } = fields(value);
  if (schemaVersion === 1) return;
  const found = typeof schemaVersion === "number" ? schemaVersion : 0;
  throw new FormatError("unknown-version", text`schemaVersion ${found} is not known`, text`this Redline reads version 1`);
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const value = await readJson(chunks);
  refuseOtherVersions(value);
  const { $schema: _, format: __, baseSha, spansEnded, engine, dealloc, instrumentations, ...rest } = shaped(runtimeManifest, value, title);
  const manifest: RuntimeManifest = {
    ...rest,
    headSha: rest.headSha.toLowerCase(),
    ...(baseSha !== undefined && { baseSha: baseSha.toLowerCase() }),
    ...(spansEnded !== undefined && { spansEnded }),
    ...(engine && { engine: { system: engine.system, ...(engine.version !== undefined && { version: engine.version }) } }),
    ...(dealloc !== undefined && { dealloc }),
    instrumentations: instrumentations.map(({ name, version }) => ({ name, ...(version !== undefined && { version }) })),
  };
  return { format: id, measurements: [], problems: [], runtime: { manifest } };
}

export const redlineRuntime: ResultFormat = { id, title, recognizes, parse };
