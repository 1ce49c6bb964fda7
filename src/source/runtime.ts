import type { Language } from "./language.js";

/** Where code runs as far as its text tells, beside what its path says. */
export type Runtime = "browser" | "script";

/** The first lines: imports, directives and the line for the shell. */
const TOP = 20_000;
const DIRECTIVE = /^["']use client["']/m;
const SHELL = /^#!/;

/** Libraries whose code runs where somebody looks at it. `react` has functions for servers too. */
const BROWSER_MODULES =
  /\bfrom ["'](?:react-dom|react-router|react-router-dom|react-redux|react-native|@reduxjs\/toolkit|zustand|jotai|recoil|mobx|swr|@tanstack\/react-query|vue|vue-router|vuex|pinia|svelte\/store|\$app\/(?:navigation|stores)|solid-js|preact|@angular\/[\w-]+|jquery|lit|axios-hooks|@apollo\/client|@vercel\/blob\/client|tus-js-client|@uppy\/[\w-]+|@tauri-apps\/[\w/-]+|expo-[\w-]+|@ionic\/[\w/-]+)(?:\/[\w/-]{0,60})?["']/;
const REACT = /\bimport (?:type )?[^;\n]{0,200}\b(?:use[A-Z]\w+|createContext|forwardRef)\b[^;\n]{0,200} from ["']react["']/;
/** What only a page has. `typeof window` asks whether there is one. */
const PAGE =
  /\b(?:window|document|localStorage|sessionStorage|navigator)\.[a-z]|\bnew (?:FileReader|XMLHttpRequest|Image|MutationObserver|IntersectionObserver|ResizeObserver)\(|\b(?:requestAnimationFrame|chrome\.(?:runtime|storage|tabs))\b/;

/** A setting that is written into what browsers load. */
const BUNDLED = /\bimport\.meta\.env\.VITE_/;

/** Libraries of programs that somebody starts and looks at. */
const SCRIPT_MODULES =
  /\b(?:from|require\()\s?["'](?:commander|yargs|ora|inquirer|@inquirer\/[\w-]+|@clack\/prompts|meow|cac|citty|@oclif\/core|zx|prompts|enquirer)["']/;
const PYTHON_SCRIPTS = /^(?:import|from) (?:argparse|invoke|fabric|typer|fire|docopt)\b/m;
/** A program of Python's that is started by its name, unless it is a server's. */
const PYTHON_STARTED = /^if __name__ == ["']__main__["']:/m;
const PYTHON_SERVERS =
  /^(?:import|from) (?:flask|fastapi|django|starlette|aiohttp|tornado|sanic|uvicorn|celery|quart|bottle|grpc|http\.server|socketserver|wsgiref|twisted)\b/m;
const SCRIPTS: readonly Language[] = ["typescript", "tsx", "javascript"];

/** Modules of Node's, and those of servers and databases. */
const SERVER_MODULES =
  "(?:node:[\\w/]{1,40}|(?:fs|path|crypto|http|https|net|tls|os|stream|child_process|worker_threads|util|zlib|dns|cluster|async_hooks)(?:/promises)?|server-only|next/(?:server|headers|cache)|@?(?:express|fastify|koa|hapi|hono|nestjs|prisma|trpc/server|remix-run/(?:node|server-runtime)|sveltejs/kit|aws-sdk|google-cloud|azure|typeorm|sequelize|mongoose|knex|drizzle-orm|kysely|mikro-orm|objection|pg|mysql2?|ioredis|redis|bullmq|bull|kafkajs|amqplib|nodemailer|pino|winston|undici|node-fetch|jsonwebtoken|bcryptjs?|passport)(?:[/-][\\w./-]{0,80})?)";
const SERVER = new RegExp(`(?:\\bfrom|\\brequire\\(|\\bimport)\\s?\\(?["']${SERVER_MODULES}["']|^["']use server["']`, "m");
const SERVER_MODULE = new RegExp(`^${SERVER_MODULES}$`);

/** Whether only a server's code imports a module, by its name. */
export const isServerModule = (module: string): boolean => SERVER_MODULE.test(module);

const isPythonScript = (source: string): boolean =>
  PYTHON_SCRIPTS.test(source.slice(0, TOP)) || (PYTHON_STARTED.test(source.slice(-TOP)) && !PYTHON_SERVERS.test(source.slice(0, TOP)));

/** Whether browsers load a text, wherever it lies. */
export const isBundled = (source: string): boolean => BUNDLED.test(source) && !SERVER.test(source.slice(0, TOP));

/** Where code runs, by its text; null where that does not tell. */
export function runtimeOf(source: string, language: Language | null): Runtime | null {
  if (language === null) return null;
  if (SHELL.test(source)) return "script";
  if (language === "python") return isPythonScript(source) ? "script" : null;
  if (!SCRIPTS.includes(language)) return null;
  const top = source.slice(0, TOP);
  if (DIRECTIVE.test(top)) return "browser";
  if (SCRIPT_MODULES.test(top)) return "script";
  if (SERVER.test(top)) return null;
  return BROWSER_MODULES.test(top) || REACT.test(top) || PAGE.test(top) ? "browser" : null;
}
