import type { Review } from "../model/verdict.js";
import { renderPage } from "./page.js";

/** GitHub refuses more than 65,536 characters; counted in UTF-16 units this stays below every reading of that. */
const COMMENT_UNITS = 65_000;

export interface CommentOptions {
  /** Hidden last line by which the publisher knows its own comment, an HTML comment; empty for none. */
  readonly marker: string;
  /** Address of the folder with blocked.md, without a trailing slash; without it nothing links there. */
  readonly docsUrl?: string;
}

/** The sticky comment of a pull request, GitHub-flavoured Markdown of at most 65,000 UTF-16 units. */
export function renderComment(review: Review, { marker, docsUrl }: CommentOptions): string {
  const room = COMMENT_UNITS - marker.length - 1;
  const body = renderPage(review, {
    template: "review-comment",
    docsUrl,
    shows: () => true,
    fits: (page) => page.length <= room,
  }).trimEnd();
  return marker === "" ? body : `${body}\n${marker}`;
}
