import { botOf } from "../state/apps.mjs";

/** Who did it, as an account: an app's bot or a person. */
export const senderOf = (world, caller) => (caller.kind === "installation" ? botOf(world, caller.installation.app) : caller.user);

export const appOf = (caller) => (caller.kind === "installation" ? caller.installation.app : null);
