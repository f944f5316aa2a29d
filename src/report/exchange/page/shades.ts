// Shades of what a pair has over the mean of all pairs: fixed, so that two pages compare; doubling, since traffic is skewed.

/** Upper ends of all shades but the last, as multiples of the mean; the first is for nothing at all. */
const ENDS = [0, 0.25, 0.5, 1, 2, 4, 8, 16] as const;

export const SHADES = ENDS.length + 1;

/** The shade of an amount over the mean. */
export function shadeOf(factor: number): number {
  if (factor === 0) return 0;
  const shade = ENDS.findIndex((end, at) => at > 0 && factor < end);
  return shade < 0 ? ENDS.length : shade;
}

/** What a shade means, for the legend. */
export function shadeName(shade: number): string {
  const [from, to] = [ENDS[shade - 1], ENDS[shade]];
  if (shade === 0) return "nothing";
  if (to === undefined) return `${String(from)} and above`;
  return from === 0 ? `below ${String(to)}` : `${String(from)} to ${String(to)}`;
}

/** From the page's ground to its strongest colour, in steps of lightness that those who see no colours tell apart. */
export const lightShades: readonly string[] = [
  ...["#f3f5f6", "#dcebec", "#bfdcdd", "#93c5c6", "#62a9ab"],
  ...["#368a8d", "#186b6f", "#0a4c52", "#04282e"],
];
export const darkShades: readonly string[] = [
  ...["#1d242b", "#1c3338", "#1c444a", "#1d5a60", "#1f757b"],
  ...["#2e9499", "#55b5b7", "#8dd4d2", "#d3f5f0"],
];
