// What an emitter makes of an exchange plan: files that other systems load, or why the system cannot have it.

/** The files of one format, or a refusal that names the limit of the format that the plan exceeds. */
export type EmittedExchange =
  | {
      readonly files: readonly { readonly path: string; readonly bytes: string | Uint8Array }[];
      /** What to know before loading them, a sentence or two each. */
      readonly notes: readonly string[];
    }
  | { readonly refused: ExchangeRefusal };

/** `limit`: its name, with its number. `reason`: what exceeds it, a sentence. `hint`: what to do, a sentence. */
export interface ExchangeRefusal {
  readonly limit: string;
  readonly reason: string;
  readonly hint: string;
}
