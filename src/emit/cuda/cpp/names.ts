// Identifiers for what a plan names: `moe.routed.dispatch` becomes moe_routed_dispatch, a dimension kMoeRoutedDispatch.

/** Words that no identifier may be, and names that the emitted program uses itself. */
const TAKEN = new Set(
  (
    "alignas and auto bool break case catch char class const constexpr continue decltype default delete do double else " +
    "enum explicit export extern false float for friend goto if inline int long namespace new not nullptr operator or " +
    "private protected public register return short signed sizeof static struct switch template this throw true try " +
    "typedef typename union unsigned using virtual void volatile while xor main std weft linux " +
    "unix"
  ).split(" "),
);

const words = (name: string): readonly string[] => name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");

/** lower_case, as functions and variables are called. */
export function snake(name: string): string {
  const joined = words(name).join("_").toLowerCase();
  const started = /^[A-Za-z]/.test(joined) ? joined : `n${joined}`;
  return TAKEN.has(started) ? `${started}_` : started;
}

/** kPascalCase, as constants are called. */
export const constant = (name: string): string => `k${pascal(name)}`;

/** PascalCase, as types are called. */
export const pascal = (name: string): string =>
  words(name)
    .flatMap((word) => word.split("_"))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/** Gives each key an identifier of its own in one scope: where two keys would have the same, later ones are numbered. */
export class Scope {
  readonly #taken = new Set<string>();
  readonly #given = new Map<string, string>();

  constructor(readonly spell: (name: string) => string) {}

  of(key: string, name: string = key): string {
    const known = this.#given.get(key);
    if (known !== undefined) return known;
    const first = this.spell(name);
    let unique = first;
    for (let number = 2; this.#taken.has(unique); number++) unique = `${first}_${String(number)}`;
    this.#taken.add(unique);
    this.#given.set(key, unique);
    return unique;
  }
}
