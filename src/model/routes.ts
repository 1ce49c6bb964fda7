/**
 * A request that the code answers. `path` is normalised: `/users/{}` for `/users/:id`, `/files/{*}` for a rest of any
 * length; `written` is what a reader finds in the code, prefixes joined as far as they stand in the same file. Foreign.
 */
export interface Route {
  /** In capitals; null for any, or where the code does not say. */
  readonly method: string | null;
  readonly path: string;
  readonly written: string;
  /** False where the file may be mounted below another path: then this is how the path ends. */
  readonly whole: boolean;
  /** Of the registration, 1-based. */
  readonly line: number;
  readonly endLine: number;
}

/** A route that the change adds, takes away, or whose code it touches. */
export interface RouteChange {
  readonly how: "added" | "removed" | "changed";
  readonly route: Route;
  /** The file at the head, or of a removed route that which had it. */
  readonly file: string;
  /** 1-based; of a removed route in the base's file. */
  readonly line: number;
}

/** A path that a load-test file asks for, normalised like a route's. Foreign. */
export interface LoadRequest {
  readonly path: string;
  readonly file: string;
  readonly line: number;
}
