// Which nodes tokens go to, counted from tokens that were seen: experts that are chosen together cost one copy where they are on one
// node. Of a divided expert's replicas a token takes the one of its turn, in the order of the nodes.
import type { ReachModel } from "./reach-model.js";
import type { LayerTerms } from "./terms.js";

export class TokenReach implements ReachModel {
  readonly onNode: Int32Array;
  readonly reached: Float64Array;
  /** [node * tokens + token] experts of a token on a node. */
  readonly #there: Uint8Array;
  /** [expert] node of each of its tokens, as `tokensOf` lists them. */
  readonly #nodes: Int32Array[];
  /** [token] the visit at which it was marked last. */
  readonly #marked: Int32Array;
  #visit = 0;

  constructor(
    readonly terms: LayerTerms,
    readonly count: Int32Array,
    readonly tokensOf: readonly Int32Array[],
    readonly tokens: number,
  ) {
    const { nodes, experts } = terms;
    this.onNode = new Int32Array(nodes * experts);
    this.reached = new Float64Array(nodes);
    this.#there = new Uint8Array(nodes * tokens);
    this.#nodes = tokensOf.map((own) => new Int32Array(own.length).fill(-1));
    this.#marked = new Int32Array(tokens);
  }

  renew(): void {
    this.#there.fill(0);
    this.reached.fill(0);
    for (const own of this.#nodes) own.fill(-1);
    for (let expert = 0; expert < this.terms.experts; expert++) this.#settle(expert);
  }

  /** The share of tokens that reach a node if an expert went and another came, neither of which has other replicas. */
  exchanged(node: number, leaving: number, coming: number): number {
    const offset = node * this.tokens;
    const visit = ++this.#visit;
    let change = 0;
    for (const token of this.tokensOf[leaving]!) {
      this.#marked[token] = visit;
      if (this.#there[offset + token] === 1) change--;
    }
    for (const token of this.tokensOf[coming]!) {
      const there = this.#there[offset + token]!;
      if (there === 0 || (there === 1 && this.#marked[token] === visit)) change++;
    }
    return this.reached[node]! + change / this.tokens;
  }

  exchange(node: number, leaving: number, coming: number): void {
    const { experts } = this.terms;
    this.onNode[node * experts + leaving]!--;
    this.onNode[node * experts + coming]!++;
    this.#settle(leaving);
    this.#settle(coming);
  }

  recount(experts: readonly number[]): void {
    for (const expert of experts) this.#settle(expert);
  }

  /** Sends the tokens of an expert where its replicas are now. In the midst of an exchange one may be nowhere: then none of its. */
  #settle(expert: number): void {
    const { experts, nodes } = this.terms;
    const turns: number[] = [];
    for (let node = 0; node < nodes; node++)
      for (let replica = 0; replica < this.onNode[node * experts + expert]!; replica++) turns.push(node);
    const own = this.tokensOf[expert]!;
    const at = this.#nodes[expert]!;
    for (let index = 0; index < own.length; index++) {
      const token = own[index]!;
      const next = turns.length === 0 ? -1 : turns[token % turns.length]!;
      if (next === at[index]) continue;
      if (at[index]! >= 0) this.#leave(at[index]!, token);
      if (next >= 0) this.#come(next, token);
      at[index] = next;
    }
  }

  #leave(node: number, token: number): void {
    if (--this.#there[node * this.tokens + token]! === 0) this.reached[node]! -= 1 / this.tokens;
  }

  #come(node: number, token: number): void {
    if (++this.#there[node * this.tokens + token]! === 1) this.reached[node]! += 1 / this.tokens;
  }
}
