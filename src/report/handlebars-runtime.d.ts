// The package types its runtime build as an empty module; this is the part of it that we use.
declare module "handlebars/runtime.js" {
  export type TemplateSpecification = object;
  type Helper = (...values: readonly unknown[]) => string;
  type Template = (
    view: unknown,
    options: { readonly allowProtoPropertiesByDefault: false; readonly allowProtoMethodsByDefault: false },
  ) => string;

  interface Environment {
    registerHelper(name: string, helper: Helper): void;
    unregisterHelper(name: string): void;
    registerPartial(name: string, partial: Template): void;
    template(specification: TemplateSpecification): Template;
  }

  const runtime: { create(): Environment };
  export default runtime;
}
