// Objects of a JSON text, whose values may be anything.

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The keys of an object, as many as a message can bear: ", only rank, time". */
export function keysOf(record: JsonRecord): string {
  const keys = Object.keys(record).slice(0, 8);
  const clipped = keys.map((key) => (key.length > 40 ? `${key.slice(0, 37)}...` : key));
  return clipped.length === 0 ? "" : `, only ${clipped.join(", ")}`;
}
