import type { Rule } from "../model/rule.js";

/** Every rule of the house; one line each, in the order of their ids. */
export const rules: readonly Rule[] = [];
