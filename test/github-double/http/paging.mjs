/**
 * One page of a list, 30 at first and 100 at most, with GitHub's Link header. `wrap` puts the page where the answer
 * wants it.
 */
export function paged(request, list, wrap = (page) => page) {
  const size = bounded(request.query.get("per_page"), 30, 100);
  const page = bounded(request.query.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(list.length / size));
  const body = wrap(list.slice((page - 1) * size, page * size));
  const relations = [
    ...(page > 1 ? [["prev", Math.min(page - 1, last)]] : []),
    ...(page < last
      ? [
          ["next", page + 1],
          ["last", last],
        ]
      : []),
    ...(page > 1 ? [["first", 1]] : []),
  ];
  const link = relations.map(([relation, number]) => `<${address(request, number)}>; rel="${relation}"`).join(", ");
  return { body, headers: link ? { link } : {} };
}

function bounded(text, fallback, most) {
  const number = Number(text ?? fallback);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, most) : fallback;
}

function address({ url }, page) {
  const next = new URL(url);
  next.searchParams.set("page", `${page}`);
  return next.href;
}
