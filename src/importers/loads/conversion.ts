// Binary files in which recorders leave loads, told by their first bytes, and the line that makes JSON of each.

export interface Conversion {
  /** Completes "the file: ...". */
  readonly reason: string;
  readonly hint: string;
}

const TORCH = `python -c "import json, torch; json.dump(torch.load('dump.pt', map_location='cpu'), open('loads.json', 'w'), default=lambda t: t.tolist())"`;

const KINDS: readonly (Conversion & { readonly begin: readonly number[] })[] = [
  // torch.save writes a zip archive, and before PyTorch 1.6 a pickle.
  {
    begin: [0x50, 0x4b, 3, 4],
    reason: "it is a zip archive, such as torch.save writes",
    hint: `Convert it: ${TORCH}`,
  },
  {
    begin: [0x80, 2],
    reason: "it is a Python pickle, such as torch.save writes",
    hint: `Convert it: ${TORCH}`,
  },
  { begin: [0x1f, 0x8b], reason: "it is compressed by gzip", hint: "Unpack it first, by gunzip." },
  {
    begin: [0x28, 0xb5, 0x2f, 0xfd],
    reason: "it is compressed by zstd",
    hint: "Unpack it first, by unzstd.",
  },
];

/** What a file is that begins with these bytes, where it is none of text. */
export const conversionOf = (bytes: Uint8Array): Conversion | undefined =>
  KINDS.find(({ begin }) => begin.every((byte, at) => bytes[at] === byte));
