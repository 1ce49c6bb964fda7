import type { CallFact, FileFacts } from "../../model/source.js";
import { isServerModule } from "../runtime.js";
import { names, wordsOf } from "./names.js";
import { perFile } from "./per-file.js";

/** Folders of code that a server runs. `services` and `lib` are those of browsers as well. */
const FOLDERS = names(
  "server servers backend api apis controllers workers worker jobs job queue queues cron crons webhook webhooks lambda lambdas functions trpc resolvers middleware middlewares",
);
/** Words in the name of a file, parted by dots and dashes: `orders.controller.ts`. */
const FILES = names("server controller resolver worker job queue cron webhook webhooks handler middleware route lambda");
/** Words in the paths of modules of one's own that only a server has. */
const OWN = names("server db database prisma redis queue");
/** Remix runs these on the server. */
const FUNCTIONS = names("loader action getServerSideProps getStaticProps");
/** A setting that is not made known to browsers. */
const SETTING =
  /\b(?:process\.)?env\.(?!NEXT_PUBLIC_|VITE_|REACT_APP_|PUBLIC_|EXPO_PUBLIC_|NODE_ENV)[A-Z]|\bprocess\.(?!env\b)[a-z]|\bBuffer\./;

const isOfPath = (path: string): boolean => {
  const folders = path.split("/");
  const file = folders.pop() ?? "";
  return folders.some((folder) => wordsOf(folder).some(FOLDERS)) || wordsOf(file).some(FILES);
};

const usesServer = ({ callee, arguments: given }: CallFact): boolean =>
  SETTING.test(callee) || given.some(({ text }) => SETTING.test(text));

/** Whether something in a file of JavaScript says that a server runs it; much code says nothing either way. */
export const isSurelyServer = perFile(
  (file: FileFacts) =>
    isOfPath(file.path) ||
    file.imports.some(({ module }) => isServerModule(module) || (/^[.@~#]/.test(module) && wordsOf(module).some(OWN))) ||
    file.functions.some(({ name }) => name !== null && FUNCTIONS(name)) ||
    file.calls.some(usesServer),
);
