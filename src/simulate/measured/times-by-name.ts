// Measurements by what they name, worked out once for all candidates of a compile: a trace may hold thousands.
import {
  ANY_PRODUCT,
  namingOf,
  type MeasuredTime,
  type NamedOperator,
  type Naming,
} from "../../plan/index.js";

/** A measurement with what its name says of an operator. */
export interface NamedTime {
  readonly time: MeasuredTime;
  readonly naming: Naming;
}

export class TimesByName {
  readonly #named: readonly MeasuredTime[];
  readonly #products = new Map<string, MeasuredTime[]>();
  readonly #known = new Map<string, readonly NamedTime[]>();

  constructor(times: readonly MeasuredTime[]) {
    const isProduct = ({ operator }: MeasuredTime): boolean => operator.toLowerCase() === ANY_PRODUCT;
    this.#named = times.filter((each) => !isProduct(each));
    for (const each of times.filter(isProduct)) {
      const key = productKey(each.n, each.k);
      this.#products.set(key, [...(this.#products.get(key) ?? []), each]);
    }
  }

  /** Those that name an operator. */
  of(named: NamedOperator): readonly NamedTime[] {
    const key = JSON.stringify([named.block, named.node, named.op, named.parts]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#named.flatMap((time) => {
      const naming = namingOf(time, named);
      return naming === undefined ? [] : [{ time, naming }];
    });
    this.#known.set(key, found);
    return found;
  }

  /** Those of any matrix product with these columns and this length. */
  products(n: number, k: number): readonly MeasuredTime[] {
    return this.#products.get(productKey(n, k)) ?? [];
  }
}

const productKey = (n: number | undefined, k: number | undefined): string => `${String(n)} ${String(k)}`;

const known = new WeakMap<readonly MeasuredTime[], TimesByName>();

/** The same list of measurements gives the same object. */
export function timesByName(times: readonly MeasuredTime[]): TimesByName {
  const found = known.get(times) ?? new TimesByName(times);
  known.set(times, found);
  return found;
}
