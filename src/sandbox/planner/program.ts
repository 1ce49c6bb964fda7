import { loadModule } from "libpg-query";
import { applyFile } from "./apply.js";
import { CATALOGUE } from "./catalogue-query.js";
import { compileEngine, type Engine, EngineDead, openEngine } from "./engine.js";
import { explain } from "./explain.js";
import { canRunApart, type SchemaText, takeSchemaApart } from "./file.js";
import { ObservedFile } from "./observe.js";
import { Production } from "./production.js";
import type { PlannerQuestion } from "./questions.js";
import { readersIn } from "./readers.js";

const CATALOGUE_CHARACTERS = 10_000_000;

/** The one database of this process, and the file that is being run in it. */
class PlannerChild {
  private readonly engine: Engine;
  private readonly production: Production;
  private text: SchemaText | null = null;
  private observed: ObservedFile | null = null;

  private readonly extensions: ReadonlySet<string>;

  constructor(engine: Engine, extensions: ReadonlySet<string>) {
    this.engine = engine;
    this.extensions = extensions;
    this.production = new Production(engine);
  }

  async answer(question: Exclude<PlannerQuestion, { ask: "open" }>): Promise<object> {
    switch (question.ask) {
      case "file":
        return this.file(question.sql, question.observe);
      case "step":
        return this.step(question.index);
      case "catalogue":
        return this.catalogue();
      case "snapshot":
        return { snapshot: await this.engine.snapshot() };
      case "sizes":
        return { notBuilt: await this.production.dress(question.statistics, question.candidates) };
      case "explain":
        return explain(this.engine, question.sql, question.without);
    }
  }

  private file(sql: string, observe: boolean): object {
    const text = takeSchemaApart(sql, this.extensions);
    this.text = text;
    this.observed = observe && text.error === null && canRunApart(text) ? new ObservedFile(this.engine, text) : null;
    return { steps: this.observed ? text.statements.map(({ start, end }) => ({ start, end })) : null };
  }

  private async step(index: number): Promise<object> {
    if (this.observed) return this.observed.step(index);
    if (!this.text) throw new Error("there is no file");
    const failed = await applyFile(this.engine, this.text);
    return failed === null ? {} : { failed };
  }

  private async catalogue(): Promise<object> {
    const relations = (await this.engine.run(CATALOGUE)).map(({ relation }) => String(relation));
    const readers = JSON.stringify(await readersIn(this.engine));
    const json = `{"relations":[${relations.join(",")}],"readers":${readers}}`;
    if (json.length > CATALOGUE_CHARACTERS) throw new Error("the catalogue is larger than 10 MB");
    const [row] = await this.engine.run("SELECT current_setting('server_version') AS version");
    return { catalogue: json, version: `PostgreSQL ${String(row?.version)}` };
  }
}

// Before anybody asks: the parent is reading a snapshot meanwhile.
const parser = loadModule();
const compiled = compileEngine();

let child: PlannerChild | null = null;

async function answer(question: PlannerQuestion): Promise<object> {
  if (question.ask !== "open") return child ? child.answer(question) : { broken: "there is no database" };
  await parser;
  const engine = await openEngine(await compiled, question.snapshot, question.extensions);
  const available = await engine.run("SELECT name FROM pg_available_extensions");
  child = new PlannerChild(engine, new Set(available.map(({ name }) => String(name))));
  return {};
}

process.on("disconnect", () => process.exit());
process.on("message", async (question: PlannerQuestion) => {
  try {
    process.send?.(await answer(question));
  } catch (error) {
    process.send?.({ broken: error instanceof EngineDead ? error.message : String(error) });
  }
});
process.send?.("ready");
