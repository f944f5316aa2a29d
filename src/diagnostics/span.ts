// Where something stands in a source text. Offsets count UTF-16 units, as JavaScript strings do; lines and
// columns are derived on demand and count from one.

/** A half-open range `[start, end)` of UTF-16 offsets in the source with this uri. */
export interface Span {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** A text with the name by which diagnostics and plans refer to it: a relative path, `weft:...` or `--set k=v`. */
export interface Source {
  readonly uri: string;
  readonly text: string;
}

/** A place as editors show it: line and column count from one, the offset from zero. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

const indexes = new WeakMap<Source, readonly number[]>();

/** The offset at which each line begins. `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(source: Source): readonly number[] {
  const known = indexes.get(source);
  if (known) return known;
  const starts = [0];
  for (const end of source.text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  indexes.set(source, starts);
  return starts;
}

/** Line and column of an offset; an offset outside the text is moved to its nearest end. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  const within = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= within) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: within - (starts[low] ?? 0) + 1, offset: within };
}

/** The text of a line (counted from one) without its line end. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1] ?? source.text.length;
  return source.text.slice(start, starts[line] ?? source.text.length).replace(/[\r\n]+$/, "");
}

/** The smallest span that covers both; they must lie in the same source. */
export function cover(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}
