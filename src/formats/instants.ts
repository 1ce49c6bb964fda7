const MINUTE = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):$/;
const OFFSET = /^(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Days from 1970-01-01 to a date of the Gregorian calendar (H. Hinnant, chrono-compatible low-level date algorithms). */
function daysTo(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function minuteOf(minute: string, offset: string): number {
  const at = MINUTE.exec(minute);
  const zone = OFFSET.exec(offset);
  if (at === null || zone === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0] = at.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 23 || minutes > 59) return Number.NaN;
  const east = (Number(zone[2] ?? 0) * 60 + Number(zone[3] ?? 0)) * (zone[1] === "-" ? -1 : 1);
  return daysTo(year, month, day) * 86_400 + (hours * 60 + minutes - east) * 60;
}

const SECONDS_AT = "2024-08-22T01:14:".length;

/**
 * Reads instants as RFC 3339 writes them. Neighbouring lines of a file mostly share their minute, so the last
 * one is remembered: a whole date costs as much as all the rest of a line.
 */
export class Instants {
  private minute = "";
  private offset = "";
  private epoch = Number.NaN;

  /** Seconds since 1970; NaN when it is no instant. */
  seconds(instant: string): number {
    const zone = instant.endsWith("Z") ? instant.length - 1 : instant.length - "+00:00".length;
    const minute = instant.slice(0, SECONDS_AT);
    const offset = instant.slice(zone);
    if (minute !== this.minute || offset !== this.offset) {
      [this.minute, this.offset, this.epoch] = [minute, offset, minuteOf(minute, offset)];
    }
    const seconds = Number(instant.slice(SECONDS_AT, zone));
    return seconds >= 0 && seconds < 61 ? this.epoch + seconds : Number.NaN;
  }
}
