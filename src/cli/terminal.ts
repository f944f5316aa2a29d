// The two output streams: colours where a person looks, silence where the reader of a pipe has gone.
import pc from "picocolors";

/** What is used of an output stream. Node leaves the optional fields out where it is no terminal. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string, written?: () => void): boolean;
}

export type Palette = ReturnType<typeof pc.createColors>;

/** Colours for a stream: only on a terminal, and never with NO_COLOR or TERM=dumb. */
export function paletteOf(stream: Output): Palette {
  const { NO_COLOR, TERM } = process.env;
  const wanted = stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
  return pc.createColors(wanted);
}

/** A pipe that is closed by its reader, as by `head`, ends the program without a word. */
export function endQuietlyOnClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
}

/** Writes all of a text before it resolves, pipes included. */
export async function write(stream: Output, text: string): Promise<void> {
  if (text === "") return;
  await new Promise<void>((resolve) => stream.write(text, () => resolve()));
}

/** One line on a terminal that is written over; nothing elsewhere. */
export class ProgressLine {
  readonly #stream: Output;
  #shown = "";

  constructor(stream: Output) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (this.#stream.isTTY !== true || text === this.#shown) return;
    this.#shown = text;
    this.#stream.write(`\r\u001b[K${text.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }

  clear(): void {
    if (this.#shown !== "") this.#stream.write("\r\u001b[K");
    this.#shown = "";
  }
}
