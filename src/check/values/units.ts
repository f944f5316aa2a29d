// Units as data: what may follow a number, what it measures and how large it is. A prefix is part of the unit;
// letters keep their case, so Gb/s (bits) is not GB/s (bytes).

/** Exponents of the base units byte, second and floating-point operation. */
export interface Measure {
  readonly bytes: number;
  readonly seconds: number;
  readonly flops: number;
}

export interface Unit {
  readonly measure: Measure;
  /** In bytes, seconds and FLOP. */
  readonly scale: number;
}

const measure = (bytes: number, seconds: number, flops: number): Measure => ({ bytes, seconds, flops });

/** What fields and settings can ask for, with the words of messages and an example. */
export const quantities = {
  number: { measure: measure(0, 0, 0), name: "a plain number", example: "8" },
  bytes: { measure: measure(1, 0, 0), name: "an amount of memory", example: "80 GiB" },
  bandwidth: { measure: measure(1, -1, 0), name: "a bandwidth", example: "450 GB/s" },
  time: { measure: measure(0, 1, 0), name: "a time", example: "1.5 us" },
  flop_rate: { measure: measure(0, -1, 1), name: "an arithmetic rate", example: "989 TFLOPS" },
} as const;

export type QuantityKind = keyof typeof quantities;

const decimal = { "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 } as const;
const binary = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;
const BITS = 1 / 8;

const table = new Map<string, Unit>();

function define(text: string, kind: QuantityKind, scale: number): void {
  table.set(text, { measure: quantities[kind].measure, scale });
}

for (const [prefix, scale] of Object.entries({ ...decimal, ...binary })) {
  define(`${prefix}B`, "bytes", scale);
  define(`${prefix}B/s`, "bandwidth", scale);
}
for (const [prefix, scale] of Object.entries(decimal)) {
  if (prefix === "") continue;
  define(`${prefix}b/s`, "bandwidth", scale * BITS);
  define(`${prefix}bit/s`, "bandwidth", scale * BITS);
  if (prefix === "k") continue;
  define(`${prefix}FLOPS`, "flop_rate", scale);
  define(`${prefix}FLOP/s`, "flop_rate", scale);
}
for (const [text, scale] of Object.entries({ s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 }))
  define(text, "time", scale);

/** Every unit by its text. */
export const units: ReadonlyMap<string, Unit> = table;

export function sameMeasure(a: Measure, b: Measure): boolean {
  return a.bytes === b.bytes && a.seconds === b.seconds && a.flops === b.flops;
}

/** The measure in words, for messages: "a bandwidth", or its base units where it has no name. */
export function describeMeasure(found: Measure): string {
  for (const { measure: known, name } of Object.values(quantities))
    if (sameMeasure(known, found)) return name;
  const factors = Object.entries({ bytes: found.bytes, s: found.seconds, FLOP: found.flops })
    .filter(([, exponent]) => exponent !== 0)
    .map(([name, exponent]) => (exponent === 1 ? name : `${name}^${exponent}`));
  return `a quantity in ${factors.join("*")}`;
}
