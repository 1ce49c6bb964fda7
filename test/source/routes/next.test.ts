import { expect, test } from "vitest";
import { routes } from "./reading.js";

test("a file of the app folder has a route for each method that it exports", async () => {
  const source =
    "export async function GET() {}\nexport const POST = withAuth(async () => {});\nexport const PUT = async () => {};\nconst helper = 1;";
  expect(await routes(source, "typescript", "apps/web/app/(shop)/api/orders/[id]/route.ts")).toEqual([
    "GET /api/orders/{}",
    "PUT /api/orders/{}",
    "POST /api/orders/{}",
  ]);
});

test("a file of the pages folder has one route for all methods", async () => {
  const source = "export default async function handler(req, res) {}";
  expect(await routes(source, "typescript", "web/src/pages/api/traces/[...path].ts")).toEqual(["* /api/traces/{*}"]);
  expect(await routes(source, "typescript", "pages/api/traces/index.ts")).toEqual(["* /api/traces"]);
});

test("other files have none", async () => {
  expect(await routes("export async function GET() {}", "typescript", "app/api/orders/get.ts")).toEqual([]);
  expect(await routes("export default function Page() {}", "typescript", "pages/orders.ts")).toEqual([]);
});
