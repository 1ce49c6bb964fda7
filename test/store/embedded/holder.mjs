// Takes the lock given and keeps it until killed: `held`, or `refused <why>`.
import { acquireLock } from "../../../dist/store/embedded/lock.js";

try {
  acquireLock(process.argv[2]);
  console.log("held");
  setInterval(() => {}, 60_000);
} catch (error) {
  console.log(`refused ${error.message}`);
}
