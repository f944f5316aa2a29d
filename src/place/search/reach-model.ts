// What a search asks of the traffic between nodes.

export interface ReachModel {
  /** [node * experts + expert] replicas on a node. */
  readonly onNode: Int32Array;
  /** [node] share of the tokens that have an expert there. */
  readonly reached: Float64Array;
  /** Everything from `onNode`, anew. */
  renew(): void;
  /** The share of a node if one replica of an expert went and one of another came. */
  exchanged(node: number, leaving: number, coming: number): number;
  /** A replica of an expert leaves a node and one of another comes. */
  exchange(node: number, leaving: number, coming: number): void;
  /** Behind a change of experts' numbers of replicas, or of their nodes. */
  recount(experts: readonly number[]): void;
}
