import type { Profile } from "../model/profile.js";
import { sentence } from "./terminal.js";

/** Functions that are shown of a profile. */
const SHOWN = 20;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What a CPU profile holds: its functions by their share of the samples, with what they called. */
export function profileLines(profile: Profile | undefined): readonly string[] {
  if (!profile) return [];
  const rows = profile.hot.slice(0, SHOWN).map(({ name, path, line, self, total }) => {
    const place = path === undefined ? "" : `  ${sentence([{ foreign: line === undefined ? path : `${path}:${line}` }])}`;
    return `  ${sentence([{ foreign: name }])}${place}  ${percent(total)} (${percent(self)} itself)`;
  });
  return [`  ${profile.samples} samples, ${profile.hot.length} functions of the program`, ...rows];
}
