// Weft's own mistakes. They end the program with exit code 70; the user's mistakes are diagnostics instead.

/** Thrown where the code finds that it has broken its own rules; never for anything in the input. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}
