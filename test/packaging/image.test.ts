import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The Dockerfile's instructions, each on one line. */
const instructions = readFileSync("Dockerfile", "utf8")
  .replaceAll(/\\\n/g, " ")
  .split("\n")
  .filter((line) => /^[A-Z]+ /.test(line));

const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));

describe("the image", () => {
  it("runs as nobody in particular, and nothing after that changes who it is (P02)", () => {
    const user = last.findIndex((line) => line.startsWith("USER "));
    expect(last[user]).toBe("USER node");
    expect(last.slice(user).filter((line) => /^(?:RUN|COPY|ADD|USER) /.test(line))).toEqual(["USER node"]);
  });

  it("needs no shell and no tool of the system: what starts it and what probes it are lists of words (P02)", () => {
    const started = last.filter((line) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK) /.test(line));
    expect(started).toHaveLength(2);
    for (const line of started) expect(line).toMatch(/(?:CMD|ENTRYPOINT) \["node", /);
    expect(instructions.join("\n")).not.toMatch(/apt-get|apk |curl|wget|sudo|npx/);
  });

  it("writes below /data only, so that the rest may be read-only (P02)", () => {
    expect(last.filter((line) => line.startsWith("VOLUME "))).toEqual(["VOLUME /data"]);
    const environment = last.find((line) => line.startsWith("ENV ")) ?? "";
    expect(environment).toContain("REDLINE_DATA=/data ");
    expect(environment).toContain("REDLINE_CACHE_DIR=/data/planner");
    expect(last.filter((line) => line.startsWith("RUN "))).toEqual(["RUN mkdir /data && chown node:node /data"]);
  });

  it("is handed what was built and no tools: dependencies of production, by the lockfile, without scripts (P01, P02)", () => {
    const installs = instructions.join("\n").match(/npm (?:ci|install)[^&\n]*/g) ?? [];
    expect(installs.map((line) => line.trim())).toEqual([
      "npm ci --engine-strict --ignore-scripts",
      "npm ci --engine-strict --omit=dev --ignore-scripts",
    ]);
    const copied = last.filter((line) => line.startsWith("COPY "));
    expect(copied.every((line) => line.startsWith("COPY --from=build "))).toBe(true);
  });

  it("stops by the signal that drains it", () => {
    expect(last).toContain("STOPSIGNAL SIGTERM");
  });
});

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly engines?: { readonly node?: string };
}

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const manifest: { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const packages = Object.entries(lock.packages).filter(([path, { link }]) => path !== "" && !link);

describe("the lockfile", () => {
  it("names every package of production with the digest of its content (P02)", () => {
    const production = packages.filter(([, { dev, optional }]) => !dev && !optional);
    expect(production.length).toBeGreaterThan(100);
    expect(production.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
  });

  it("says the same as package.json, whose versions are exact (P01, P02)", () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    const exact = Object.entries(wanted).map(([name, range]) => [name, range.replace(/^npm:.*@/, "")]);
    expect(exact.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version ?? ""))).toEqual([]);
    expect(exact.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
  });

  it("has nothing for production that Node 20.19 may not run (P01)", () => {
    // A lower bound of 20.20 or a newer major alone would refuse it; alternatives are joined by ||.
    const tooNew = (range: string): boolean =>
      range.split("||").every((one) => {
        const [, major = "0", minor = "0"] = /(\d+)(?:\.(\d+))?/.exec(one) ?? [];
        const exact = /^\s*\^/.test(one) && Number(major) < 20;
        return exact || Number(major) > 20 || (Number(major) === 20 && Number(minor) > 19);
      });
    const refused = packages.filter(([, { dev, optional, engines }]) => !dev && !optional && tooNew(engines?.node ?? "*"));
    expect(refused.map(([path]) => path)).toEqual([]);
  });

  it("keeps the manifest that seeds the App beside what is shipped (P03)", () => {
    expect(existsSync("app.yml")).toBe(true);
    expect(instructions.some((line) => line.startsWith("COPY --from=build") && line.includes("app.yml"))).toBe(true);
  });
});
