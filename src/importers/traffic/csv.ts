// A matrix as lines of numbers: what spreadsheets, NumPy and pandas write. Numbers go straight into one array, however many.
import { checkRanks, COUNT_HINT, isCount, pairName, refuseCount } from "./counts.js";
import { Faulty } from "./fault.js";
import type { Traffic } from "./traffic.js";

const SHAPE_HINT = "Write a line for each source GPU, with a number for each destination GPU.";

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Bytes by source (lines) and destination (columns). Lines that begin with # do not count, nor do blank ones. */
export function readCsv(text: string): Traffic {
  const lines = linesOf(text);
  const [first] = lines;
  if (first === undefined) throw new Faulty("the file", "no line of it holds numbers", SHAPE_HINT);
  const separator = separatorOf(text.slice(first.start, first.end));
  const head = cellsOf(text, first, separator);
  const hasHead = isHead(head);
  const rows = hasHead ? lines.slice(1) : lines;
  const ranks = rows.length;
  if (ranks === 0) throw new Faulty("the file", "it has a header, and no line of numbers", SHAPE_HINT);
  checkRanks(ranks);
  const labels = hasLabels(cellsOf(text, rows[0]!, separator), ranks, hasHead) ? 1 : 0;
  const cells = new Float64Array(ranks * ranks);
  rows.forEach((row, source) => {
    readRow(text, row, separator, { cells, source, ranks, labels });
  });
  return { ranks, cells, unit: "bytes" };
}

interface Target {
  readonly cells: Float64Array;
  readonly source: number;
  readonly ranks: number;
  /** Columns that a line begins with and that are names. */
  readonly labels: number;
}

function readRow(text: string, row: Line, separator: string, { cells, source, ranks, labels }: Target): void {
  let columns = 0;
  let last: Line = row;
  forEachCell(text, row, separator, (start, end) => {
    const destination = columns++ - labels;
    last = { start, end };
    if (destination < 0 || destination >= ranks) return;
    const value = numberAt(text, start, end);
    if (value === undefined || !isCount(value)) {
      if (start === end && columns - labels < ranks) refuseEmpty(source, destination, start);
      if (start < end) refuseCell(text, source, destination, { start, end });
    } else cells[source * ranks + destination] = value;
  });
  // A separator at the end of a line ends the last number.
  const found = columns - labels - (last.start === last.end ? 1 : 0);
  if (found === ranks) return;
  throw new Faulty(
    `line ${String(source)} of the matrix`,
    `it has ${counted(found, "number")}, and there are ${counted(ranks, "line")}: the matrix is not square`,
    SHAPE_HINT,
    row,
  );
}

function refuseEmpty(source: number, destination: number, at: number): never {
  const hint = "Write 0 where nothing is sent.";
  throw new Faulty(pairName(source, destination), "nothing stands there", hint, { start: at, end: at + 1 });
}

function refuseCell(text: string, source: number, destination: number, at: Line): never {
  const cell = text.slice(at.start, at.end);
  const place = pairName(source, destination);
  if (/^[+-]?nan$/i.test(cell)) throw new Faulty(place, "it is NaN", COUNT_HINT, at);
  if (/^[+-]?inf(inity)?$/i.test(cell)) throw new Faulty(place, `it is ${cell}`, COUNT_HINT, at);
  if (/^\d+,\d+$/.test(cell))
    throw new Faulty(place, `it is ${cell}, not a number`, "Write a point before decimals: 1.5.", at);
  return refuseCount(numberAt(text, at.start, at.end) ?? cell, place, at);
}

const counted = (value: number, what: string): string => `${String(value)} ${what}${value === 1 ? "" : "s"}`;

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < text.length;) {
    let until = from;
    while (until < text.length && text.charCodeAt(until) !== 0x0a && text.charCodeAt(until) !== 0x0d) until++;
    let [start, end] = [from, until];
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    while (end > start && text.charCodeAt(end - 1) === 0x20) end--;
    // Tabs separate, and one at the beginning stands behind a cell with nothing in it.
    const begin = text.slice(from, start).includes("\t") ? from : start;
    if (start < end && text[start] !== "#") lines.push({ start: begin, end });
    from = until + 1;
  }
  return lines;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

function separatorOf(line: string): string {
  return [";", ",", "\t"].find((each) => line.includes(each)) ?? " ";
}

/** Visits the cells of a line, without blanks and quotation marks around them. */
function forEachCell(
  text: string,
  line: Line,
  separator: string,
  visit: (start: number, end: number) => void,
): void {
  const code = separator.charCodeAt(0);
  for (let from = line.start; ;) {
    let until = from;
    while (until < line.end && text.charCodeAt(until) !== code) until++;
    let [start, end] = [from, until];
    while (start < end && isBlank(text.charCodeAt(start))) start++;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    if (end - start > 1 && text[start] === '"' && text[end - 1] === '"') [start, end] = [start + 1, end - 1];
    visit(start, end);
    if (until >= line.end) return;
    from = until + 1;
    // Blanks separate however many they are.
    if (code === 0x20) while (from < line.end && isBlank(text.charCodeAt(from))) from++;
  }
}

function cellsOf(text: string, line: Line, separator: string): readonly string[] {
  const cells: string[] = [];
  forEachCell(text, line, separator, (start, end) => cells.push(text.slice(start, end)));
  return cells;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NO_NAME = /^[+-]?(?:nan|inf(?:inity)?)$/i;
const isName = (cell: string): boolean => cell !== "" && !NUMBER.test(cell) && !NO_NAME.test(cell);

/** Names alone; or what pandas writes, nothing (or a name) over the lines' names and then the columns' numbers. */
function isHead([first = "", ...others]: readonly string[]): boolean {
  const areNumbered = others.length > 0 && others.every((cell, at) => cell === String(at));
  if (first === "" || isName(first))
    return areNumbered || others.every((cell) => cell === "" || isName(cell));
  return false;
}

/** Whether lines begin with a name or a number of their own: there is one column more than lines. */
const hasLabels = (cells: readonly string[], ranks: number, hasHead: boolean): boolean =>
  cells.length === ranks + 1 && cells.at(-1) !== "" && (hasHead || isName(cells[0]!));

/** A number; undefined where there is none. Whole numbers, nearly all there are, without making a text of them. */
function numberAt(text: string, start: number, end: number): number | undefined {
  if (start === end) return undefined;
  if (end - start <= 15) {
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const digit = text.charCodeAt(at) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === end) return value;
  }
  const cell = text.slice(start, end);
  return NUMBER.test(cell) ? Number(cell) : undefined;
}
