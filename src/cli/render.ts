import type { Review } from "../model/verdict.js";
import { renderComment } from "../report/comment.js";
import { toJson } from "../report/json.js";
import { renderTerminal } from "../report/terminal.js";
import { renderWorkflow } from "../report/workflow.js";

interface Screen {
  readonly color: boolean;
  readonly width?: number;
}

/** What goes to the output, and what a workflow shows on its summary page. */
export interface Rendered {
  readonly text: string;
  readonly summary?: string;
}

/** The outputs of `redline review`, by the name given to `--format`. */
export const formats = {
  terminal: (review: Review, screen: Screen): Rendered => ({ text: renderTerminal(review, screen) }),
  markdown: (review: Review): Rendered => ({ text: `${renderComment(review, { marker: "" })}\n` }),
  json: (review: Review): Rendered => ({ text: `${JSON.stringify(toJson(review), null, 2)}\n` }),
  github: (review: Review): Rendered => {
    const { annotations, summary } = renderWorkflow(review);
    return { text: annotations, summary };
  },
} as const;

export type OutputFormat = keyof typeof formats;

export const render = (review: Review, format: OutputFormat, screen: Screen): Rendered => formats[format](review, screen);
