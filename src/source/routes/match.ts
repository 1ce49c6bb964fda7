import type { Route } from "../../model/routes.js";
import { REST, VALUE } from "./path.js";

const segmentsOf = (path: string): readonly string[] => path.split("/").filter((segment) => segment !== "");

/** A value takes any segment; what a request leaves open is only a value, not a word. */
const takes = (route: string, request: string): boolean => route === VALUE || route === request;

function takesAll(route: readonly string[], request: readonly string[]): boolean {
  const rest = route.indexOf(REST);
  if (rest >= 0) return request.length >= rest && route.slice(0, rest).every((segment, index) => takes(segment, request[index] ?? ""));
  return route.length === request.length && route.every((segment, index) => takes(segment, request[index] ?? ""));
}

/**
 * Does a request for this path (normalised, as of a load test or a measurement) go to the route? Where the route may be
 * mounted below another path, its segments have to be the last ones of the request; one without a word of its own
 * (`/`, `/{}`) then takes none.
 */
export function answers({ path, whole }: Pick<Route, "path" | "whole">, request: string): boolean {
  const [route, asked] = [segmentsOf(path), segmentsOf(request)];
  if (whole) return takesAll(route, asked);
  if (!route.some((segment) => segment !== VALUE && segment !== REST)) return false;
  const rest = route.indexOf(REST);
  const starts = rest < 0 ? [asked.length - route.length] : asked.map((_, index) => index);
  return starts.some((start) => start >= 0 && takesAll(route, asked.slice(start)));
}
