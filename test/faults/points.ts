import type { Passing } from "./relay.js";

/** Where a process is killed. `inbox`: while it takes a delivery in, or right after it answered 202. */
export const points = [
  "inbox, before 202",
  "inbox, after 202",
  "gather",
  "before check create",
  "after check create",
  "before comment create",
  "after comment create",
  "before done",
] as const;

export type Point = (typeof points)[number];

/** A call as the kill points know it. */
type Kind = "gather" | "check create" | "comment create" | "comment write" | null;

/** Redline reads a pull request with a query, the plain App the list of comments. */
export function kindOf({ method, path, body }: Passing): Kind {
  const [plain = ""] = path.split("?");
  if (method === "POST" && plain.endsWith("/graphql")) return body.includes("PullRequest") ? "gather" : null;
  if (method === "GET" && plain.endsWith("/comments")) return "gather";
  if (method === "POST" && plain.endsWith("/check-runs")) return "check create";
  if (method === "POST" && plain.endsWith("/comments")) return "comment create";
  return method === "PATCH" && plain.includes("/issues/comments/") ? "comment write" : null;
}

/** `before`: the call never reaches GitHub. `after`: it does, and the answer never comes back. `done`: the answer came. */
export function pointsOf(kind: Kind): { readonly before: Point | null; readonly after: Point | null; readonly done: Point | null } {
  if (kind === "check create") return { before: "before check create", after: "after check create", done: null };
  if (kind === "comment create") return { before: "before comment create", after: "after comment create", done: "before done" };
  if (kind === "comment write") return { before: null, after: null, done: "before done" };
  return { before: kind === "gather" ? "gather" : null, after: null, done: null };
}

/** One point is armed at a time; the first process that comes to it is the one that is killed. */
export class Armed {
  readonly landed = new Map<Point | "at random", number>();
  #armed: Point | null = null;
  #next = 0;

  /** Arms the next point in turn, unless one is armed still. */
  arm(): void {
    if (this.#armed !== null) return;
    this.#armed = points[this.#next % points.length] ?? null;
    this.#next += 1;
  }

  /** Skips a point that nobody comes to, so that the others get their turn. */
  skip(): void {
    this.#armed = null;
  }

  get armed(): Point | null {
    return this.#armed;
  }

  /** Whether this is where a process dies now. */
  strikes(point: Point | null): boolean {
    if (point === null || this.#armed !== point) return false;
    this.#armed = null;
    this.count(point);
    return true;
  }

  count(point: Point | "at random"): void {
    this.landed.set(point, (this.landed.get(point) ?? 0) + 1);
  }

  get kills(): number {
    return [...this.landed.values()].reduce((sum, one) => sum + one, 0);
  }
}
