// Shades of a GPU's load over the mean of its layer: cold below, hot above, pale where it is right. Fixed, so that two pages compare.

/** Upper ends of all shades but the last, as multiples of the mean. */
const ENDS = [0.5, 0.75, 0.9, 0.97, 1.03, 1.1, 1.25, 1.5, 2] as const;

export const SHADES = ENDS.length + 1;

/** The shade of a load over the mean. */
export function shadeOf(factor: number): number {
  const shade = ENDS.findIndex((end) => factor < end);
  return shade < 0 ? ENDS.length : shade;
}

/** What a shade means, for the legend. */
export function shadeName(shade: number): string {
  const [from, to] = [ENDS[shade - 1], ENDS[shade]];
  if (from === undefined) return `below ${String(to)}`;
  if (to === undefined) return `${String(from)} and above`;
  return `${String(from)} to ${String(to)}`;
}

/** From dark blue over grey to dark red; pairs of hues that those who confuse red and green tell apart (ColorBrewer, RdYlBu). */
export const lightShades: readonly string[] = [
  ...["#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#eceff1"],
  ...["#fddbc7", "#f4a582", "#e0674c", "#b2182b", "#67001f"],
];
export const darkShades: readonly string[] = [
  ...["#1b6fc0", "#2f6da3", "#2e5878", "#2b4558", "#2f3740"],
  ...["#5e4438", "#8c5339", "#c05a35", "#ea5c3f", "#ff9a85"],
];
