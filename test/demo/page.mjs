// The final comment as a static page, in the look of the place where people will read it.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marked } from "marked";

const STYLE = `
  body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; }
  article, table.checks { border: 1px solid #d1d9e0; border-radius: 6px; padding: 1rem; margin-bottom: 1.5rem; }
  article table { border-collapse: collapse; display: block; overflow-x: auto; }
  th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left; vertical-align: top; }
  code { background: #818b981f; border-radius: 6px; padding: .2em .4em; font-size: 85%; }
  blockquote { border-left: .25em solid #d1d9e0; color: #59636e; margin: 0 0 1rem; padding: 0 1em; }
  details { margin: .5rem 0; } summary { cursor: pointer; } a { color: #0969da; }
  h1 { font-size: 1.4rem; } li.task-list-item { list-style: none; }`;

const html = (value) => String(value).replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Writes the page to a temporary folder and returns its path. */
export function writePage(comment, checks) {
  const rows = checks.map(
    ({ name, status, conclusion, output }) =>
      `<tr><td><code>${html(name)}</code></td><td>${html(conclusion ?? status)}</td><td>${html(output?.title ?? "")}</td></tr>`,
  );
  const path = join(mkdtempSync(join(tmpdir(), "redline-demo-")), "pull-request.html");
  writeFileSync(
    path,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Discounts at the checkout</title><style>${STYLE}</style>
<h1>Discounts at the checkout</h1>
<table class="checks"><tr><th>check</th><th>state</th><th>title</th></tr>${rows.join("")}</table>
<article>${marked.parse(comment, { gfm: true, breaks: true, async: false })}</article></html>\n`,
  );
  return path;
}
