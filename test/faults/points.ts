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

/** Some points are armed at a time; the first process that comes to one of them is killed there. */
export class Armed {
  readonly landed = new Map<Point | "at random", number>();
  #armed: ReadonlySet<Point> = new Set();

  /** Arms the points where fewest were killed; when nobody came to one of them since the last time, all. */
  arm(): void {
    if (this.#armed.size > 0) {
      this.#armed = new Set(points);
      return;
    }
    const least = Math.min(...points.map((point) => this.#at(point)));
    this.#armed = new Set(points.filter((point) => this.#at(point) === least));
  }

  disarm(): void {
    this.#armed = new Set();
  }

  isArmed(point: Point): boolean {
    return this.#armed.has(point);
  }

  /** Whether this is where a process dies now. */
  strikes(point: Point | null): boolean {
    if (point === null || !this.#armed.has(point)) return false;
    this.disarm();
    this.count(point);
    return true;
  }

  count(point: Point | "at random"): void {
    this.landed.set(point, (this.landed.get(point) ?? 0) + 1);
  }

  get kills(): number {
    return [...this.landed.values()].reduce((sum, one) => sum + one, 0);
  }

  #at(point: Point): number {
    return this.landed.get(point) ?? 0;
  }
}
