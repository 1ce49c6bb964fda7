import { parentPort, workerData } from "node:worker_threads";
import type { PGlite } from "@electric-sql/pglite";
import { startDurable } from "./durable-database.js";
import { DurableFilesystem } from "./durable-filesystem.js";
import { type Question, type Reply, type Started, type ThreadData, tell } from "./thread-messages.js";

const { directory, amcheck }: ThreadData = workerData;
const say = (message: Started | Reply): void => parentPort?.postMessage(message);

async function answer(database: PGlite, question: Question): Promise<Reply> {
  const { id } = question;
  try {
    if ("close" in question) {
      await database.close();
      return { id, rows: [], affectedRows: undefined };
    }
    const { rows, affectedRows } = await database.query<never>(question.sql, question.parameters);
    return { id, rows, affectedRows };
  } catch (error) {
    return { id, error: tell(error) };
  }
}

try {
  const database = await startDurable(new DurableFilesystem(directory), amcheck);
  parentPort?.on("message", async (question: Question) => say(await answer(database, question)));
  say({ started: true });
} catch (error) {
  say({ started: false, error: tell(error) });
}
