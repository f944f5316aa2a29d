// Numbers for machines: what lies below a nanosecond or a millionth of a share is noise that would make outputs differ.

/** A copy in which every time (`us`, `*_us`) is in whole nanoseconds, and every other fraction has six digits. */
export function rounded<T>(value: T): T {
  return copy(value, "") as T;
}

function copy(value: unknown, key: string): unknown {
  if (typeof value === "number") {
    const digits = key === "us" || key.endsWith("_us") ? 1e3 : 1e6;
    return Number.isInteger(value) ? value : Math.round(value * digits) / digits;
  }
  if (Array.isArray(value)) return value.map((each) => copy(each, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each, name)]));
}
