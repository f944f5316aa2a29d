// Numbers as people read them. Four significant digits are more than any prediction deserves; machines read the JSON.

const KIB = 1024;
const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
const rateUnits = ["", " k", " M", " G"] as const;

/** A duration given in microseconds: `850 ns`, `12.3 us`, `4.56 ms`, `1.20 s`. */
export function time(us: number): string {
  const size = Math.abs(us);
  if (size === 0) return "0 us";
  if (size < 0.9995) return `${significant(us * 1000)} ns`;
  if (size < 999.5) return `${significant(us)} us`;
  if (size < 999_500) return `${significant(us / 1000)} ms`;
  return `${significant(us / 1_000_000)} s`;
}

/** A size: `512 B`, `1.50 KiB`, `45.2 GiB`. */
export function size(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (Math.abs(value) >= KIB && unit < byteUnits.length - 1) {
    value /= KIB;
    unit += 1;
  }
  return `${unit === 0 ? String(Math.round(value)) : significant(value)} ${byteUnits[unit] ?? "B"}`;
}

/** A rate such as tokens a second: `950`, `12.3 k`, `4.56 M`. */
export function rate(value: number): string {
  let unit = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 999.5 && unit < rateUnits.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${significant(scaled)}${rateUnits[unit] ?? ""}`;
}

/** A share of a whole: `12.3 %`, `< 0.1 %`. A whole of nothing has no shares. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "-";
  const share = (100 * part) / whole;
  return share > 0 && share < 0.05 ? "< 0.1 %" : `${share.toFixed(1)} %`;
}

/** A whole number in groups of three digits: `131,072`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 layer`, `32 layers`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(value)} ${value === 1 ? singular : plural}`;
}

/** A very small or large number: `3.1e-7`, `0`. */
export function scientific(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

/** Three significant digits, never in exponents. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))));
  return value.toFixed(Math.min(3, Math.max(0, 2 - magnitude)));
}
