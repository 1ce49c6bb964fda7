import type { TemplateSpecification } from "handlebars/runtime.js";

export const templates: Readonly<Record<string, TemplateSpecification>>;
export const partials: Readonly<Record<string, TemplateSpecification>>;
