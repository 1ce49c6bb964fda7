/** Longest element that is taken, in characters; a longer one is counted and passed over. */
export const LONGEST_ELEMENT = 1_000_000;
/** Deeper nesting than any format has. */
const MOST_DEPTH = 256;
const LONGEST_KEY = 200;

/** What is wanted of a JSON text. A path is its keys, with a star for a member of an array. */
export interface Elements {
  /** Whether objects at this path are handed out whole. Asked once for each object that lies in none. */
  wanted(path: string): boolean;
  /** Told before what lies in it, for objects that are not wanted. */
  opened?(path: string): void;
  element(path: string, json: string): void;
  /** An element beyond {@link LONGEST_ELEMENT}. */
  overlong(): void;
}

interface Frame {
  readonly isArray: boolean;
  readonly path: string;
  /** Of what comes next. */
  childPath: string;
  expectsKey: boolean;
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, OPEN_ARRAY, CLOSE_OBJECT, CLOSE_ARRAY, COMMA] = [0x22, 0x5c, 0x7b, 0x5b, 0x7d, 0x5d, 0x2c];

/** Thrown for brackets that do not match, or are nested too deeply; the scanner can be reset and used on. */
export class BrokenJson extends Error {}

/**
 * Finds elements in a JSON text that comes in pieces, without holding more than one of them. Only brackets and strings are
 * looked at; an element is checked by whoever parses it. Several values behind each other are one after another.
 */
export class JsonScanner {
  private readonly elements: Elements;
  private frames: Frame[] = [];
  private inString = false;
  /** The piece before ended in an odd number of backslashes, inside a string. */
  private escaped = false;
  private key = "";
  private isKey = false;
  /** Open brackets of the element that is being taken; 0 outside of one. */
  private depth = 0;
  private taken: string[] = [];
  private length = 0;
  private takenPath = "";

  constructor(elements: Elements) {
    this.elements = elements;
  }

  /** Nothing is open. */
  get isBetween(): boolean {
    return this.frames.length === 0 && this.depth === 0 && !this.inString;
  }

  reset(): void {
    this.frames = [];
    this.inString = false;
    this.escaped = false;
    this.isKey = false;
    this.depth = 0;
    this.taken = [];
  }

  /** @throws BrokenJson */
  push(piece: string): void {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      if (this.inString) {
        at = this.throughString(piece, at);
        continue;
      }
      const code = piece.charCodeAt(at);
      if (code === QUOTE) this.beginString();
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) from = this.open(code === OPEN_ARRAY, at, from);
      else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) this.close(code === CLOSE_ARRAY, piece, from, at);
      else if (code === COMMA && this.depth === 0) this.comma();
    }
    if (this.depth > 0) this.take(piece.slice(from));
  }

  private beginString(): void {
    this.inString = true;
    this.isKey = this.depth === 0 && this.frames.at(-1)?.expectsKey === true;
    this.key = "";
  }

  /** @returns the position of the closing quote, or the piece's end */
  private throughString(piece: string, start: number): number {
    let quote = piece.indexOf('"', start);
    while (quote !== -1 && this.isEscaped(piece, start, quote)) quote = piece.indexOf('"', quote + 1);
    const end = quote === -1 ? piece.length : quote;
    if (this.isKey && this.key.length < LONGEST_KEY) this.key += piece.slice(start, end);
    if (quote === -1) this.escaped = this.isEscaped(piece, start, end);
    else this.endString();
    return end;
  }

  private isEscaped(piece: string, start: number, quote: number): boolean {
    let before = quote - 1;
    while (before >= start && piece.charCodeAt(before) === BACKSLASH) before--;
    const count = quote - 1 - before;
    return (count % 2 === 1) !== (before < start && this.escaped);
  }

  private endString(): void {
    this.inString = false;
    this.escaped = false;
    const frame = this.frames.at(-1);
    if (!this.isKey || !frame) return;
    frame.childPath = `${frame.path}/${this.key.slice(0, LONGEST_KEY)}`;
    frame.expectsKey = false;
    this.isKey = false;
  }

  /** @returns where the element that is being taken begins in this piece */
  private open(isArray: boolean, at: number, from: number): number {
    if (this.depth > 0) {
      if (++this.depth > MOST_DEPTH) throw new BrokenJson();
      return from;
    }
    const path = this.frames.at(-1)?.childPath ?? "";
    if (!isArray && this.elements.wanted(path)) {
      [this.depth, this.takenPath, this.length, this.taken] = [1, path, 0, []];
      return at;
    }
    if (this.frames.length >= MOST_DEPTH) throw new BrokenJson();
    this.frames.push({ isArray, path, childPath: `${path}/*`, expectsKey: !isArray });
    if (!isArray) this.elements.opened?.(path);
    return from;
  }

  private close(isArray: boolean, piece: string, from: number, at: number): void {
    if (this.depth === 0) {
      if (this.frames.pop()?.isArray !== isArray) throw new BrokenJson();
      return;
    }
    if (--this.depth > 0) return;
    this.take(piece.slice(from, at + 1));
    if (this.length > LONGEST_ELEMENT) this.elements.overlong();
    else this.elements.element(this.takenPath, this.taken.length === 1 ? (this.taken[0] ?? "") : this.taken.join(""));
    this.taken = [];
  }

  private comma(): void {
    const frame = this.frames.at(-1);
    if (frame && !frame.isArray) frame.expectsKey = true;
  }

  private take(part: string): void {
    this.length += part.length;
    if (this.length <= LONGEST_ELEMENT) this.taken.push(part);
    else this.taken = [];
  }
}
