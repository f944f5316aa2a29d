// Exchanges of the candidates of one compile. Most candidates exchange alike: what they have in common is one object, so that
// whatever is worked out for one of them is known for all, and it is checked once.
import type { Exchange, Group, Placement } from "../../plan/types.gen.js";
import { Memo } from "../../simulate/index.js";
import type { ExchangeShape } from "./direct.js";
import { checkExchanged } from "./exchange.js";
import { exchangeShape } from "./shape.js";

export class KnownExchanges {
  readonly #shapes = new Memo<ExchangeShape>();
  readonly #instances = new Memo<Group["instances"]>();
  readonly #exchanges = new Memo<Exchange>();
  readonly #checked = new Memo<true>();

  /** A communicator; those with equal ranks have them from the first of them. */
  group(group: Group): Group {
    const { instances } = group;
    return { ...group, instances: this.#instances.of([JSON.stringify(instances)], () => instances) };
  }

  readonly shape: typeof exchangeShape = (...of) => this.#shapes.of(of, () => exchangeShape(...of));

  /** For each exchange the first that equals it, which has passed the check. Throws InternalError where it does not. */
  checked(exchanges: readonly Exchange[], placements: readonly Placement[], group: Group): Exchange[] {
    return exchanges.map((each, at) => {
      const { phases, layouts, ...rest } = each;
      const known = this.#exchanges.of([phases, layouts, JSON.stringify(rest)], () => each);
      const slots = placements[at]?.slot_begin.join();
      this.#checked.of([phases, slots, group.size, each.ranks_per_node], () => {
        checkExchanged([known], placements, group);
        return true;
      });
      return known;
    });
  }
}
