import "./planner/cut-off.js";

// By name, so that nothing of it, and no package that it needs, is loaded before the network is gone.
await import("./planner/program.js");
