// What is compiled together. Most of compiling a small source goes into the headers that it shares with others, so neighbours are
// compiled as one: a unit includes them all. Kernels, each of which takes long, are units of their own.

/** Sources that one call of the compiler compiles. */
export interface Unit {
  /** Where its sources are, and which of them it has. */
  readonly name: string;
  readonly sources: readonly string[];
}

/** By folder, how many sources a unit has at most. Where a folder is not listed, one. */
export type UnitSizes = Readonly<Record<string, number>>;

export function unitsOf(sources: readonly string[], sizes: UnitSizes): readonly Unit[] {
  const byFolder = new Map<string, string[]>();
  const units: Unit[] = [];
  for (const source of sources) {
    const folder = source.slice(0, source.lastIndexOf("/"));
    if (source.endsWith(".cu") || sizes[folder] === undefined)
      units.push({ name: source, sources: [source] });
    else byFolder.set(folder, [...(byFolder.get(folder) ?? []), source]);
  }
  for (const [folder, all] of byFolder)
    for (let begin = 0, size = sizes[folder]!; begin < all.length; begin += size)
      units.push({ name: `${folder}/${begin}`, sources: all.slice(begin, begin + size) });
  return units;
}

/** The text that compiles a unit's sources as one. */
export const textOfUnit = ({ sources }: Unit): string =>
  sources.map((source) => `#include "${source}"\n`).join("");
