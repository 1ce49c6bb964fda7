import type { Span } from "./span.js";
import type { SpanTree } from "./tree.js";

/** For each span, whether some span below it fits. Every parent is marked once, so that this is linear. */
function aboveSome(tree: SpanTree, fits: (span: Span) => boolean): Uint8Array {
  const marked = new Uint8Array(tree.spans.length);
  for (const [place, span] of tree.spans.entries()) {
    if (!fits(span)) continue;
    for (let up = tree.parents[place] ?? -1; up !== -1 && marked[up] === 0; up = tree.parents[up] ?? -1) marked[up] = 1;
  }
  return marked;
}

function belowSome(tree: SpanTree, fits: (span: Span) => boolean): Uint8Array {
  const marked = new Uint8Array(tree.spans.length);
  for (const place of tree.order) {
    const up = tree.parents[place] ?? -1;
    const parent = tree.spans[up];
    if (parent && (marked[up] === 1 || fits(parent))) marked[place] = 1;
  }
  return marked;
}

const hasText = ({ sent, isNamed }: Span): boolean => sent !== undefined && !isNamed;
const isOther = ({ otherSystem }: Span): boolean => otherSystem !== undefined;

/**
 * Which spans went over the wire: those with a database and a statement that have none of that below them. An ORM's span
 * above the driver's is the same statement again. An operation without text counts where no text is above or below it.
 */
export function countedSpans(tree: SpanTree): (place: number) => boolean {
  const [aboveText, belowText] = [aboveSome(tree, hasText), belowSome(tree, hasText)];
  const [aboveNamed, aboveOther] = [aboveSome(tree, ({ isNamed }) => isNamed === true), aboveSome(tree, isOther)];
  return (place) => {
    const span = tree.spans[place];
    if (!span || aboveText[place] === 1) return false;
    if (span.otherSystem !== undefined) return aboveOther[place] === 0;
    return span.sent !== undefined && (!span.isNamed || (belowText[place] === 0 && aboveNamed[place] === 0));
  };
}

/** Which requests left the program: those that no server's span in the same files answers. */
export function outgoingCalls(tree: SpanTree): (place: number) => boolean {
  const answered = new Uint8Array(tree.spans.length);
  for (const [place, { kind }] of tree.spans.entries()) {
    const up = tree.parents[place] ?? -1;
    if (kind === "server" && up !== -1) answered[up] = 1;
  }
  return (place) => tree.spans[place]?.call !== undefined && answered[place] === 0;
}
