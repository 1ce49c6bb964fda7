import { describe, expect, it } from "vitest";
import { pathClass } from "../../src/evidence/path-class.js";
import type { PathClass } from "../../src/model/source.js";

const usual = { ignore: [], benchmarks: [], loadTests: [], classes: {} };
const classOf = (path: string, source = ""): PathClass => pathClass(path, source, usual);

describe("the class of a path", () => {
  it.each<readonly [PathClass, readonly string[]]>([
    ["generated", ["internal/gen/x.go", "app/order_pb2.py", "api/v1/order.pb.go", "pkg/client/api_orders.go"]],
    ["vendor", ["vendor/x/y.go", "node_modules/a/b.js", "public/app.min.js"]],
    [
      "test",
      [
        ...["src/__tests__/a.ts", "a/b_test.go", "src/a.spec.tsx", "spec/models/a_spec.rb", "shop/test_orders.py", "src/OrderIT.java"],
        ...["packages/testcontainers/src/a.ts", "src/a.stories.tsx", "testdata/a.go", "app/factories/order.rb", "AppTests.cs"],
      ],
    ],
    ["bench", ["src/a.bench.ts", "benchmarks/a.py", "bench_orders.py", "src/jmh/java/A.java", "locustfile.py"]],
    [
      "migration",
      [
        "db/migrate/1_a.rb",
        "shop/migrations/0001_a.py",
        "lib/background_migration/a.rb",
        "lib/gitlab/background_migration_x.rb",
        "worker/src/backgroundMigrations/a.ts",
        "packages/database/migration/20241209_a/migration.ts",
        "store/migrate/migrate_0151_artifacts.go",
        "internal/database/migrations.go",
        "shop/util/migrations.py",
      ],
    ],
    [
      "script",
      [
        "jobs/workspace_seed_task.py",
        "packages/cli-v3/src/deploy.ts",
        "scripts/a.ts",
        "shop/management/commands/a.py",
        "lib/tasks/a.rake",
        "examples/a.go",
        "prisma/seed.ts",
        "prisma/populate.ts",
        "packages/build/src/env.ts",
        "packages/shop-cli/src/orders.ts",
        "dev/code-generation/locales.py",
        "dev/orders.go",
        ".github/report.py",
        ".semgrep/requests.py",
        "demo_api/main.go",
        "svc/kitchensink/logs.go",
        "cmd/healthcheck/main.go",
        "app/cmd/ping.go",
        "shop/random_data.py",
      ],
    ],
    [
      "browser",
      [
        "web/src/a.ts",
        "web/src/lib/api/a.ts",
        "src/client-only/a.ts",
        "app/static/js/a.js",
        "app/hooks/useOrders.ts",
        "app/javascript/a.js",
        "src/components/A.tsx",
      ],
    ],
    [
      "server",
      [
        "src/orders.ts",
        "app/jobs/mail.rb",
        "src/tasks/queue.ts",
        "web/src/server/api/orders.ts",
        "web/src/pages/api/orders.ts",
        "api/web/orders.ts",
        "shop/components/orders.py",
        "src/client.ts",
        "server/render.tsx",
        "latest/attest.go",
        "app/dev/orders.ts",
        "src/clips/orders.ts",
        "store/remigrations.go",
      ],
    ],
  ])("is %s where folder or name say so", (of, paths) => {
    expect(paths.map((path) => [path, classOf(path)])).toEqual(paths.map((path) => [path, of]));
  });

  it.each<readonly [PathClass, string, string]>([
    ["browser", "src/lib/fetch.ts", "'use client';\nexport const get = () => fetch(url);"],
    ["browser", "src/store/version.ts", 'import { create } from "zustand";'],
    ["browser", "tracker/index.js", "const { href } = window.location;"],
    ["test", "svc/integration/harness.go", 'package integration\n\nimport (\n\t"net/http"\n\t"testing"\n)\n'],
    ["server", "svc/orders.go", 'package orders\n\nimport (\n\t"example.com/testing/http"\n)\n'],
    ["browser", "src/lib/put-file.ts", 'import { upload } from "@vercel/blob/client";'],
    ["browser", "src/orders.ts", "const url = import.meta.env.VITE_API_URL;"],
    ["server", "src/orders.ts", 'import fs from "node:fs";\nimport.meta.env.VITE_API_URL'],
    ["browser", "src/backend/orders.ts", "const url = import.meta.env.VITE_API_URL;"],
    ["server", "src/orders.ts", "import.meta.env.DATABASE_URL"],
    ["script", "src/deploy.py", 'def f():\n    pass\n\nif __name__ == "__main__":\n    f()\n'],
    ["server", "src/app.py", 'from http.server import HTTPServer\n\nif __name__ == "__main__":\n    f()\n'],
    ["server", "src/app.py", 'from flask import Flask\n\nif __name__ == "__main__":\n    app.run()\n'],
    ["browser", "src/file.ts", "const reader = new FileReader();"],
    ["server", "src/pages.ts", 'import { Router } from "express";\nwindow.location'],
    ["server", "app/server/render.ts", "window.location"],
    ["server", "app/orders/route.ts", "'use client';"],
    ["server", "src/a.go", "window.location"],
    ["script", "src/deploy.ts", "#!/usr/bin/env node\n"],
    ["script", "src/deploy.py", "import argparse\n"],
    ["script", "src/deploy.ts", 'import { Command } from "commander";'],
    ["script", "packages/shop/src/commands/sync.ts", ""],
    ["server", "src/orders/commands/ship-order.command.ts", ""],
    ["server", "src/orders.py", "from models import argparse_like\n"],
  ])("is %s where its text or name says so: %s", (of, path, source) => {
    expect(classOf(path, source)).toBe(of);
  });

  it("is told in linear time, whatever stands at the top", () => {
    expect(classOf("src/a.ts", `${"/".repeat(300_000)}\n${"/* * ".repeat(50_000)}`)).toBe("server");
  });

  it("is generated where a tool says so at the top", () => {
    expect(classOf("src/a.go", "// Code generated by sqlc. DO NOT EDIT.\npackage a")).toBe("generated");
  });

  it("is what the configuration says, by the first glob that matches", () => {
    const classes = { "web/admin/**": "script", "web/**": "server" } as const;
    const configured = (path: string) => pathClass(path, "", { ...usual, classes, benchmarks: ["perf/**"] });
    expect([configured("web/admin/a.ts"), configured("web/a.tsx"), configured("perf/a.ts"), configured("b.ts")]).toEqual([
      ...["script", "server", "bench", "server"],
    ]);
  });
});
