// How Weft owns up to a mistake of its own.

/** A short text without a stack, which only WEFT_DEBUG shows. */
export function internalErrorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && process.env["WEFT_DEBUG"] ? `\n${error.stack ?? ""}\n` : "";
  return (
    `weft: internal error: ${message}\n` +
    "This is a mistake in Weft, not in your input; nothing was written. Please report it with the input and the command line.\n" +
    (stack === "" ? "WEFT_DEBUG=1 shows where it happened.\n" : stack)
  );
}
