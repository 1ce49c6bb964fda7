import runtime from "handlebars/runtime.js";
import { partials, templates } from "../../templates/compiled.js";
import type { Text } from "../model/text.js";
import { codeBlock, markdown, type Place } from "./markdown.js";

export type TemplateName = "review-comment" | "check-summary" | "check-details";

const isText = (value: unknown): value is Text => Array.isArray(value);

const helper = (place: Place) => (value: unknown) => {
  if (!isText(value)) throw new TypeError(`a template may only show a Text, not ${typeof value}`);
  return markdown(value, place);
};

/** An instance of our own: `md`, `cell` and `block` are the only ways in which a template shows anything. */
const environment = runtime.create();
for (const name of ["lookup", "log", "with", "helperMissing", "blockHelperMissing"]) environment.unregisterHelper(name);
environment.registerHelper("md", helper("inline"));
environment.registerHelper("cell", helper("cell"));
environment.registerHelper("block", (value: unknown) => {
  if (!Array.isArray(value) || !value.every(isText)) throw new TypeError("a block may only show lines of Text");
  return codeBlock(value);
});

const guarded = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;

for (const [name, specification] of Object.entries(partials)) {
  environment.registerPartial(name, environment.template(specification));
}

/** Renders one of the shipped templates. Its view holds `Text`, lists, objects and booleans; every field is present. */
export function renderTemplate(name: TemplateName, view: object): string {
  const specification = templates[name];
  if (specification === undefined) throw new Error(`template ${name} was not built: run npm run build`);
  return environment.template(specification)(view, guarded);
}
