// Generated from schema.json by `npm run generate`. Do not edit.

/**
 * An integer-valued expression: a number, the name of a dimension, variable or run-time count, or [operator, operands...]. Variables in scope: `rank` (index within the communicator at hand), `layer` (global layer index). `/` is floor division, `ceil_div` rounds up, `%` is non-negative, `align` rounds its first operand up to a multiple of its second.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Expr".
 */
export type Expr = number | string | [ExprOperator, Expr, ...Expr[]];
/**
 * Operator of an expression. `+`, `*`, `min` and `max` take any number of operands, the others two.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "ExprOperator".
 */
export type ExprOperator = "+" | "-" | "*" | "/" | "ceil_div" | "%" | "min" | "max" | "align";
/**
 * [index into sources, first offset, offset after the last], in UTF-16 code units.
 *
 * @minItems 3
 * @maxItems 3
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Span".
 */
export type Span = [number, number, number];
/**
 * What a dimension counts, which decides how a miniature shrinks it: `width`, `vocab`, `heads`, `sequences`, `length` and `context` shrink, `dtype_bytes` becomes that of f32, `bound` grows because few tokens scatter more, `derived` follows from others, the rest stays.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "DimensionKind".
 */
export type DimensionKind =
  | "width"
  | "heads"
  | "experts"
  | "top_k"
  | "groups"
  | "sequences"
  | "length"
  | "context"
  | "vocab"
  | "layers"
  | "slots"
  | "bound"
  | "dtype_bytes"
  | "derived"
  | "fixed";
/**
 * A number format. fp8 values that travel or are stored carry an f32 scale for each 128, fp8 weights for each block of 128 x 128.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Dtype".
 */
export type Dtype = "f32" | "bf16" | "fp16" | "fp8" | "u32";
/**
 * A class of data with one number format: `dispatch` and `combine` are rows in flight, `gate` router weights and scores, `index` integers such as token ids, expert ids and counts.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "PrecisionClass".
 */
export type PrecisionClass = "weights" | "activations" | "dispatch" | "combine" | "cache" | "gate" | "index";
/**
 * One rank (an expression), several (a range), or `all`.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Ranks".
 */
export type Ranks = Expr | RankRange;
/**
 * What a buffer holds before the step.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Init".
 */
export type Init = WeightInit | TableInit | StateInit | InputInit;
/**
 * One entry of the host's issue order.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Launch".
 */
export type Launch = ComputeLaunch | TransferLaunch | HostRead | Rounds;

/**
 * A Weft launch plan: everything that backends, simulator, verifier and reports know. It is closed: nothing outside it is needed to execute, prove or price it. All names are unique within their list.
 */
export interface LaunchPlan {
  /**
   * Name and version of this format.
   */
  format: "weft.plan/1";
  /**
   * The program that wrote the plan, with its version.
   */
  generator: string;
  schedule: ScheduleInfo;
  /**
   * Every named dimension; expressions refer to them by name. A derived dimension refers only to earlier ones.
   */
  dimensions: Dimension[];
  /**
   * The number format of each class of data.
   */
  precisions: Precision[];
  model: Model;
  /**
   * The operators of the model's nodes: which kernels each is made of, and what these read and write. Written from the operators, not by the passes.
   */
  operators: Operator[];
  /**
   * The expected routing of each gate, which prices and placement were computed for. Execution is right for any routing within the declared bounds.
   */
  routing: Routing[];
  machine: Machine;
  measured?: Measured;
  /**
   * Number of ranks; rank r runs on GPU r.
   */
  world: number;
  /**
   * Communicators. Each divides some ranks into disjoint instances of equal size.
   */
  groups: Group[];
  /**
   * Which expert lives in which slot, for each gate and layer.
   */
  placements: Placement[];
  /**
   * Each dispatch with its combine, as steps of transfers.
   */
  exchanges: Exchange[];
  memory: Memory;
  /**
   * Templates of launches over layer and micro-batch, each in host issue order.
   */
  cells: Cell[];
  /**
   * Sets of ranks that share one timeline. Every rank belongs to one role.
   */
  roles: Role[];
  /**
   * The texts that spans point into.
   */
  sources: SourceText[];
  why?: Why;
}
/**
 * An expression with its value for this plan's dimensions; the run-time counts of an exchange are taken at its `mean_rows`.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Sized".
 */
export interface Sized {
  /**
   * The expression.
   */
  expr: Expr;
  /**
   * Its value.
   */
  value: number;
}
/**
 * One text that spans point into.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "SourceText".
 */
export interface SourceText {
  /**
   * Relative to the entry file's folder, or `weft:...` for the library, or `--set k=v` for an option.
   */
  uri: string;
  /**
   * The whole text.
   */
  text: string;
}
/**
 * Which schedule this plan was compiled from.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "ScheduleInfo".
 */
export interface ScheduleInfo {
  /**
   * The schedule's name.
   */
  name: string;
  /**
   * What a step does: `prefill` computes `length` new tokens of each sequence, `decode` one, after `context` cached ones.
   */
  mode: "prefill" | "decode";
  /**
   * Micro-batches a step consists of, per data-parallel rank.
   */
  micro_batches: number;
  /**
   * The schedule's declaration.
   */
  span: Span;
}
/**
 * A named dimension.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Dimension".
 */
export interface Dimension {
  /**
   * Its name, as expressions use it.
   */
  name: string;
  kind: DimensionKind;
  /**
   * Its value in this plan.
   */
  value: number;
  /**
   * For kind `derived`: how it follows from earlier dimensions.
   */
  expr?: Expr;
}
/**
 * The number format of one class of data.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Precision".
 */
export interface Precision {
  class: PrecisionClass;
  dtype: Dtype;
  /**
   * Name of the dimension that holds the bytes of one element.
   */
  bytes: string;
  /**
   * Name of the dimension that holds the bytes of one scale, of which there is one for each 128 elements of a row, for weights one for each block of 128 x 128 of the last two extents; 0 where the format needs none.
   */
  scale_bytes: string;
}
/**
 * What is computed, as the user wrote it. It knows no ranks, placement or exchange, and was not written by the passes: executions are held against it.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Model".
 */
export interface Model {
  /**
   * The model's name.
   */
  name: string;
  /**
   * The dataflow programs that the layers use, calls to other blocks inlined.
   */
  blocks: Block[];
  /**
   * The layers in order, equal neighbours together.
   *
   * @minItems 1
   */
  layers: [LayerRun, ...LayerRun[]];
  /**
   * The model's declaration.
   */
  span: Span;
}
/**
 * A run of equal layers, each with weights of its own.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "LayerRun".
 */
export interface LayerRun {
  /**
   * The block each of them evaluates.
   */
  block: string;
  /**
   * Global index of the first.
   */
  first: number;
  /**
   * How many there are.
   */
  repeat: number;
  span: Span;
}
/**
 * A dataflow program over tokens: one input, nodes in topological order, one result.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Block".
 */
export interface Block {
  /**
   * The block's name.
   */
  name: string;
  input: BlockInput;
  /**
   * Operators in an order in which every input stands before its use.
   */
  nodes: Node[];
  /**
   * Id of the node (or name of the input) that the block returns.
   */
  result: string;
  span: Span;
}
/**
 * The input of a block.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "BlockInput".
 */
export interface BlockInput {
  /**
   * Its name; nodes refer to it like to a node.
   */
  name: string;
  type: TensorType;
}
/**
 * Type of a value. `ids`: token ids [tokens]. `tokens`: rows [tokens, width]. `gate`: a routing decision [tokens, top_k] of expert indices and weights. `routed`: rows that a dispatch sent to experts, [rows, width].
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "TensorType".
 */
export interface TensorType {
  /**
   * What it holds.
   */
  kind: "ids" | "tokens" | "gate" | "routed";
  /**
   * Extents in named dimensions, slowest first.
   */
  shape: Expr[];
  /**
   * For `routed`: id of the gate that sent the rows.
   */
  gate?: string;
}
/**
 * One operator of a block. A node whose output is `routed` and that is not a dispatch is lifted over the experts: each expert has weights of its own.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Node".
 */
export interface Node {
  /**
   * Unique within the block.
   */
  id: string;
  /**
   * The operator's name.
   */
  op: string;
  /**
   * Ids of producing nodes, or the block's input, by port.
   */
  inputs: string[];
  /**
   * The operator's extents (width, heads, experts, ...) in named dimensions, with `in` for the width of its first input.
   */
  dims: {
    [k: string]: Expr;
  };
  /**
   * The operator's other settings, such as `score: sigmoid`.
   */
  options: {
    [k: string]: string | number | boolean;
  };
  output: TensorType;
  span: Span;
}
/**
 * What a node of this operator is computed by.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Operator".
 */
export interface Operator {
  /**
   * The operator's name, `op` of its nodes.
   */
  name: string;
  /**
   * Its kernels, in order. All of them make up a node, but for `dispatch` and `combine`, of whose parts an exchange takes those that its algorithm needs.
   */
  parts: OperatorPart[];
}
/**
 * A kernel of an operator, `part` of the launches that run it.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "OperatorPart".
 */
export interface OperatorPart {
  /**
   * Unique within the operator.
   */
  name: string;
  /**
   * What it reads and writes.
   */
  operands: PartOperand[];
}
/**
 * What an operand of a part's launches is.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "PartOperand".
 */
export interface PartOperand {
  /**
   * Unique within the part.
   */
  name: string;
  /**
   * `update` reads and writes.
   */
  access: "read" | "write" | "update";
  role: OperandRole;
  /**
   * Present where only launches of lifted nodes have it.
   */
  lifted_only?: true;
}
/**
 * What an operand holds.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "OperandRole".
 */
export interface OperandRole {
  /**
   * `input`: the value of the node at `port`. `output`: the node's value. `weight`, `state`: the node's, by `name`. `temporary`: what one part of the node makes for another, by `name`. `segments`: the counts by which rows find their expert. `exchange`: what an exchange keeps, by `name`.
   */
  kind: "input" | "output" | "weight" | "state" | "temporary" | "segments" | "exchange";
  /**
   * For `input`: the index in the node's `inputs`.
   */
  port?: number;
  /**
   * For an `input` or `output` that is a gate: its chosen experts, or their weights.
   */
  field?: "experts" | "weights";
  /**
   * For `weight`, `state`, `temporary` and `exchange`: which.
   */
  name?: string;
}
/**
 * Expected routing of one gate.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Routing".
 */
export interface Routing {
  /**
   * The block of the gate.
   */
  block: string;
  /**
   * The gate's node.
   */
  gate: string;
  /**
   * Where the loads come from, as the schedule says it, for example `uniform` or `lognormal(sigma: 1, seed: 7)`.
   */
  distribution: string;
  /**
   * [index among the layers that use the block, or 1 row for all][expert]: the share of (token, expert) pairs; each row sums to 1.
   */
  loads: number[][];
}
/**
 * The cluster.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Machine".
 */
export interface Machine {
  /**
   * The cluster's name.
   */
  name: string;
  /**
   * GPUs in the cluster; the schedule may use fewer.
   */
  gpus: number;
  gpu: Gpu;
  /**
   * Networks from the fastest to the slowest; GPUs are numbered so that those which a tier joins are consecutive.
   */
  tiers: Tier[];
  span: Span;
}
/**
 * One GPU.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Gpu".
 */
export interface Gpu {
  /**
   * Device memory in bytes.
   */
  memory_bytes: number;
  /**
   * Peak memory bandwidth in bytes per second.
   */
  memory_bandwidth_bytes_per_s: number;
  /**
   * Streaming multiprocessors.
   */
  sms: number;
  /**
   * Peak dense FLOP/s by number format.
   */
  peak_flops: {
    [k: string]: number;
  };
  /**
   * Parameters of the price models in which this machine was measured to differ from the common values: by name, in the parameter's unit (times in microseconds).
   */
  calibration?: {
    [k: string]: number;
  };
}
/**
 * One network of the cluster.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Tier".
 */
export interface Tier {
  /**
   * Its name.
   */
  name: string;
  /**
   * `switch` joins every pair; `rail` joins GPUs of equal index within the tier below.
   */
  kind: "switch" | "rail";
  /**
   * How many units of the tier below (GPUs for the first tier) it joins.
   */
  joins: number;
  /**
   * Bytes per second, GPU and direction, before `efficiency`.
   */
  bandwidth_bytes_per_s: number;
  /**
   * Share of the bandwidth that large messages reach.
   */
  efficiency: number;
  /**
   * Time from the start of a message to its first byte at the other end, in microseconds.
   */
  latency_us: number;
  /**
   * Time that each further message of one GPU costs, in microseconds.
   */
  message_gap_us: number;
  /**
   * Adapters that the GPUs of one unit of the tier below share, in order: of g GPUs and n adapters GPU i has adapter floor(i * n / g). Together they have the bandwidth of all of those GPUs, each an equal part. Absent: each GPU has its own.
   */
  nics?: number;
  /**
   * How many times the bandwidth of a unit of the tier below exceeds what the unit as a whole sends over this tier, or receives. Absent: 1.
   */
  oversubscription?: number;
  span: Span;
}
/**
 * Times that the user measured, by operator and shape. Prices take them in place of the models': a kernel or transfer takes what the models say, times the ratio of the measured time to what the models say for the shape that was measured. Between two sizes the ratio is interpolated, over their logarithms; beyond them it is that of the nearest.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Measured".
 */
export interface Measured {
  /**
   * Where they come from.
   */
  files: MeasuredFile[];
  /**
   * The measurements.
   */
  times: MeasuredTime[];
}
/**
 * A file of measurements.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "MeasuredFile".
 */
export interface MeasuredFile {
  /**
   * Relative to the folder of the entry file; the name alone where an option gave an absolute path.
   */
  path: string;
  /**
   * `profile`: a file of format `weft.profile/1`. `trace`: a trace of PyTorch's profiler.
   */
  kind: "profile" | "trace";
  /**
   * The machine that it says it was measured on.
   */
  machine?: string;
  /**
   * The line or option that names it.
   */
  span: Span;
}
/**
 * What an operator took at a shape. What it does not state may be anything; `tokens`, `rows` and `m` are three ways to state its size. Experts are taken to have been chosen equally often.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "MeasuredTime".
 */
export interface MeasuredTime {
  /**
   * An operator, a node or a node's part by the names that `weft explain` prints (`swiglu`, `routed.swiglu`, `moe.routed.swiglu`, `routed.swiglu.gate_up`); `attention` for the operators of that kind, `gemm` for any matrix product.
   */
  operator: string;
  /**
   * The operator's part, or a transfer's phase. Without it an operator's kernels together, of a dispatch or combine the transfers of its rows together; `kernels` there stands for its kernels together.
   */
  part?: string;
  /**
   * Number format of the multiplications.
   */
  dtype?: Dtype;
  /**
   * Rows of the matrix product, over all groups.
   */
  m?: number;
  /**
   * Columns.
   */
  n?: number;
  /**
   * Length of the dot products.
   */
  k?: number;
  /**
   * Number of groups.
   */
  groups?: number;
  /**
   * Rows that the kernel works on; for a transfer those that a rank sends, one for each of a token's experts.
   */
  rows?: number;
  /**
   * Tokens of a rank's micro-batch.
   */
  tokens?: number;
  /**
   * For transfers: elements of a row.
   */
  hidden?: number;
  /**
   * For transfers: ranks of the exchange.
   */
  ranks?: number;
  /**
   * For transfers: the exchange's algorithm.
   */
  algorithm?: string;
  /**
   * SMs that the kernel or transfer had; all of them where absent.
   */
  sms?: number;
  /**
   * The measurement does not state its SMs: `sms` is what it is taken to have had.
   */
  sms_assumed?: true;
  /**
   * The time that it took, in microseconds: the median of the samples.
   */
  time_us?: number;
  /**
   * In place of `time_us`: the measured time over the models'.
   */
  scale?: number;
  /**
   * How many measurements this is the median of.
   */
  samples: number;
  /**
   * Index of its file.
   */
  file: number;
}
/**
 * A communicator. Operations of one communicator run in host issue order on every rank.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Group".
 */
export interface Group {
  /**
   * Its name.
   */
  name: string;
  /**
   * Ranks of each instance; `rank` in its steps runs from 0 to size - 1.
   */
  size: number;
  /**
   * World ranks of each instance, by rank within it.
   */
  instances: number[][];
  /**
   * SMs that its transfers occupy: a power of two, or 0 for copy engines.
   */
  sms: number;
}
/**
 * Expert slots of one gate. Slots are numbered through, those of rank 0 first.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Placement".
 */
export interface Placement {
  /**
   * Its name.
   */
  name: string;
  /**
   * The block of the gate.
   */
  block: string;
  /**
   * The gate's node.
   */
  gate: string;
  /**
   * Logical experts.
   */
  experts: number;
  /**
   * Physical slots of one expert-parallel group.
   */
  slots: number;
  /**
   * [rank] first slot of each rank of the group, and after the last rank the number of slots. Ranks may have any numbers of slots; one without any sends tokens and receives none.
   */
  slot_begin: number[];
  /**
   * [index among the layers that use the block], or one entry for all layers.
   */
  layers: LayerPlacement[];
}
/**
 * Placement in one layer. An expert's tokens go to its slots by turns: of a round of n turns the k-th takes the tokens with (source rank + token index) % n = k; the token index is the row within the rank's micro-batch. A slot takes a turn at least, and may take several, so that replicas share tokens unevenly.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "LayerPlacement".
 */
export interface LayerPlacement {
  /**
   * [slot] the expert that lives there.
   */
  expert_of_slot: number[];
  /**
   * [expert] first index of its turns in `replica_slot`, and after the last expert their number, which may differ by layer.
   */
  replica_begin: number[];
  /**
   * Slots in turn, expert after expert. A slot stands once for each turn that it takes.
   */
  replica_slot: number[];
}
/**
 * A dispatch and its combine. What travels is made of atoms: atom (source, slot) is the rows that rank `source` sends to `slot`; routing decides only how many they are. Their numbers are the run-time counts: `NAME.sent` (rows a rank sends) and `NAME.received` (rows a rank receives). Node-aware exchanges send each token once to each node that has slots for it, to the rank of the source's index there, which forwards it: `NAME.copies_sent` and `NAME.copies_received` count these copies, `NAME.forwarded` the rows that a rank forwards.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Exchange".
 */
export interface Exchange {
  /**
   * Its name, which also names its run-time counts.
   */
  name: string;
  /**
   * The block it belongs to.
   */
  block: string;
  /**
   * The gate's node.
   */
  gate: string;
  /**
   * The dispatch node.
   */
  dispatch: string;
  /**
   * The combine node.
   */
  combine: string;
  /**
   * The placement it follows.
   */
  placement: string;
  /**
   * The communicator it runs on.
   */
  group: string;
  /**
   * For node-aware exchanges: consecutive ranks of the communicator that make a node.
   */
  ranks_per_node?: number;
  /**
   * For node-aware exchanges: whether the results for one token are added on each node before they leave it.
   */
  partial_sums?: boolean;
  /**
   * Who moves the bytes: `nccl`, its grouped send and receive; `deepep`, DeepEP's kernels, which are priced and not emitted. The steps are the same.
   */
  transport: "nccl" | "deepep";
  /**
   * Name of the candidate that was chosen, for people.
   */
  algorithm: string;
  tokens: TokenPolicy;
  /**
   * For `capacity`, and only there: the rows that every atom has. Its counts are then no run-time counts: a rank sends so many rows to each slot and receives them from each source for each slot of its own, and no host reads anything.
   */
  atom_rows?: Sized;
  /**
   * Rows that a rank sends, and receives on average: the value that both counts have where one stands beside an expression.
   */
  mean_rows: Sized;
  /**
   * For node-aware exchanges: copies that a rank sends at most, the value that counts of copies have where one stands beside an expression.
   */
  most_copies?: Sized;
  /**
   * Rows that a rank can receive, and in node-aware exchanges forward.
   */
  capacity_rows: Sized;
  /**
   * Where rows travel and are computed in chunks: the slots of each, which together are all slots of the rank with the most, in order. Each chunk but the first, from slot S of a rank on, has a run-time count `NAME.before_S`: the rows that the rank receives for its slots below S. Beside an expression that count has the share of `mean_rows` that these slots are of all.
   */
  chunks?: SlotRange[];
  /**
   * The orders in which buffers hold atoms.
   */
  layouts: AtomLayout[];
  /**
   * The transfers, each a group of steps that run side by side.
   */
  phases: Phase[];
}
/**
 * What happens to tokens when a rank receives more than the mean. Without a bound every routing fits.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "TokenPolicy".
 */
export interface TokenPolicy {
  /**
   * `dropless`: every token reaches its experts. `capacity`: every atom has a fixed number of rows; of the pairs (token, k) that want an atom, those beyond it, in that order, are dropped: their results count as zero and the other weights stay as they are. Rows that no pair takes hold zeros.
   */
  policy: "dropless" | "capacity";
  /**
   * For `capacity`: the rows of an atom over their mean, in thousandths rounded up. An atom has the ceiling of factor * tokens * top_k / slots rows, at least 1 and at most one for each token.
   */
  factor?: number;
  /**
   * Rows that a rank may receive, over their mean.
   */
  bound?: number;
  /**
   * What happens beyond the bound: `abort` ends the program with an error that names the rank; with `rounds` the exchange is made again for a few tokens at a time, so few that no routing exceeds the bound.
   */
  overflow?: "abort" | "rounds";
}
/**
 * How a buffer on each rank holds atoms: the offset of an atom, in rows, is the sum of the counts of the atoms before it. Rows of one atom are in order of (token, k). In a layout of copies, the atoms of one source whose slots are on one node are one: each token has one row there, in order of tokens.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "AtomLayout".
 */
export interface AtomLayout {
  /**
   * Its name; buffers refer to it.
   */
  name: string;
  /**
   * Which atoms it holds.
   */
  holds: AtomSet;
  /**
   * Sort keys, slowest first. `host`: the rank that holds the slot; `node`: its node; `rail`: the index of the source within its node.
   *
   * @minItems 2
   * @maxItems 3
   */
  order:
    | ["slot" | "host" | "source" | "rail" | "node", "slot" | "host" | "source" | "rail" | "node"]
    | [
        "slot" | "host" | "source" | "rail" | "node",
        "slot" | "host" | "source" | "rail" | "node",
        "slot" | "host" | "source" | "rail" | "node"
      ];
  /**
   * `only`: entries are not atoms but copies, of a source and a node. `too` (for counts): behind the atoms of each source for a node stands the count of its copies.
   */
  copies?: "only" | "too";
}
/**
 * Evenly spaced ranks: first, first + step, ... For node-aware exchanges: the ranks of a node, or those of equal index in all nodes (a rail).
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "RankRange".
 */
export interface RankRange {
  /**
   * The lowest of them.
   */
  first: Expr;
  /**
   * Distance from one to the next.
   */
  step: number;
  /**
   * How many they are.
   */
  count: number;
}
/**
 * Neighbouring slots of each rank, by their index among its own. A rank that has fewer slots has those of them that it has.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "SlotRange".
 */
export interface SlotRange {
  /**
   * The lowest of them.
   */
  first: number;
  /**
   * How many they are.
   */
  count: number;
}
/**
 * A set of atoms: those with these sources and with slots on these hosts.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "AtomSet".
 */
export interface AtomSet {
  /**
   * Ranks whose tokens they are.
   */
  source: Ranks;
  /**
   * Ranks that hold the slots.
   */
  host: Ranks;
  /**
   * Index of the slot among those of its host; all of them where absent. A host that has fewer slots contributes none.
   */
  slot?: Expr;
  /**
   * In place of `slot`: several neighbouring slots of each host.
   */
  slots?: SlotRange;
}
/**
 * One group of transfer steps.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Phase".
 */
export interface Phase {
  /**
   * Its name; transfer launches refer to it.
   */
  name: string;
  /**
   * `counts`: for each atom its number of rows. `rows`: its rows. `copies`: for each source and node its copies.
   */
  carries: "counts" | "rows" | "copies";
  /**
   * The communicator that carries it, of the same ranks as the exchange's; that of the exchange where absent.
   */
  group?: string;
  /**
   * One send and one receive of every rank each; all of them run side by side.
   */
  steps: Step[];
}
/**
 * Each rank sends one message and receives one. Expressions are over `rank`, the index within the communicator. A rank whose `to` is itself copies locally.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Step".
 */
export interface Step {
  /**
   * Rank that is sent to.
   */
  to: Expr;
  /**
   * Rank that is received from.
   */
  from: Expr;
  /**
   * Atoms sent, contiguous in the sending buffer.
   */
  send: AtomSet;
  /**
   * Atoms received, contiguous in the receiving buffer.
   */
  receive: AtomSet;
}
/**
 * Memory of a rank: regions one after the other; buffers that share a region are never live at the same time.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Memory".
 */
export interface Memory {
  /**
   * Alignment of every region and of every instance of a buffer.
   */
  alignment_bytes: number;
  /**
   * Regions in order of offset.
   */
  regions: Region[];
  /**
   * Bytes of all regions: the peak memory of a rank.
   */
  total: Sized;
  /**
   * All buffers.
   */
  buffers: Buffer[];
}
/**
 * A part of a rank's memory.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Region".
 */
export interface Region {
  /**
   * Its name.
   */
  name: string;
  /**
   * Offset in bytes; `NAME.end` stands for the offset after the region of that name, which comes earlier.
   */
  offset: Sized;
  /**
   * Size in bytes: that of its largest buffer with all instances.
   */
  bytes: Sized;
}
/**
 * A buffer of every rank, with one or more instances (layers, parities) one after the other from the start of its region.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Buffer".
 */
export interface Buffer {
  /**
   * Its name.
   */
  name: string;
  /**
   * `weights`, `table` and `input` are filled before the step; `state` (a KV cache) lives across steps; the rest is written by launches.
   */
  kind: "weights" | "table" | "state" | "input" | "output" | "activation" | "exchange" | "counts";
  precision: PrecisionClass;
  /**
   * Extents of one instance, slowest first.
   */
  shape: Expr[];
  /**
   * Number of instances.
   */
  instances: Sized;
  /**
   * Bytes from one instance to the next: the shape times the element's bytes, with scales, aligned.
   */
  instance_bytes: Sized;
  /**
   * The region it lives in.
   */
  region: string;
  layout?: LayoutRef;
  init?: Init;
}
/**
 * For buffers that hold atoms: in which order.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "LayoutRef".
 */
export interface LayoutRef {
  /**
   * The exchange.
   */
  exchange: string;
  /**
   * One of its layouts.
   */
  layout: string;
}
/**
 * Weights of a node; instance i belongs to the i-th layer that uses the block.
 */
export interface WeightInit {
  /**
   * Discriminator.
   */
  kind: "weight";
  /**
   * The block.
   */
  block: string;
  /**
   * The node.
   */
  node: string;
  /**
   * Name of the weight in its operator.
   */
  weight: string;
  /**
   * True for lifted nodes: the first extent counts the rank's slots, and slot s holds the weights of the expert placed there.
   */
  per_slot: boolean;
  /**
   * For lifted nodes: the placement that says which expert.
   */
  placement?: string;
}
/**
 * A placement table; instance i belongs to the i-th layer that uses the block, a single instance to all of them.
 */
export interface TableInit {
  /**
   * Discriminator.
   */
  kind: "table";
  /**
   * The placement.
   */
  placement: string;
  /**
   * Which of its tables. `atom_rows`: the counts [source][slot of this rank], all equal, of an exchange with `capacity` that follows the placement.
   */
  table: "replica_begin" | "replica_slot" | "slot_begin" | "atom_rows";
}
/**
 * State of a node, of which the first `context` positions of each sequence are filled.
 */
export interface StateInit {
  /**
   * Discriminator.
   */
  kind: "state";
  /**
   * The block.
   */
  block: string;
  /**
   * The node.
   */
  node: string;
  /**
   * Name of the state in its operator.
   */
  state: string;
  /**
   * The micro-batch whose sequences it belongs to.
   */
  micro_batch: number;
}
/**
 * The token ids of a micro-batch.
 */
export interface InputInit {
  /**
   * Discriminator.
   */
  kind: "input";
  /**
   * The micro-batch.
   */
  micro_batch: number;
}
/**
 * A template of launches: some micro-batches through one layer of a block, or through the end of one layer and the beginning of the next. Launches stand in host issue order. Events keep CUDA's meaning: a wait refers to the latest record issued before it, also of an earlier cell, and is satisfied where there is none.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Cell".
 */
export interface Cell {
  /**
   * Its name.
   */
  name: string;
  /**
   * The block it evaluates.
   */
  block: string;
  /**
   * Micro-batches that it overlaps.
   */
  micro_batches: number;
  /**
   * What the host issues, in order.
   */
  launches: Launch[];
}
/**
 * A kernel on a stream.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "ComputeLaunch".
 */
export interface ComputeLaunch {
  /**
   * Discriminator.
   */
  kind: "compute";
  /**
   * Unique within the cell.
   */
  id: string;
  /**
   * The node of the cell's block that it implements.
   */
  node: string;
  /**
   * Which part of the node's operator.
   */
  part: string;
  /**
   * Micro-batch, relative to the cell's first.
   */
  micro_batch: number;
  /**
   * Added to the layer of the cell's instance: -1 for the tail of the layer before, which runs beside this one; 0 where absent.
   */
  layer_offset?: number;
  /**
   * Stream of the role.
   */
  stream: string;
  /**
   * Events waited for before it starts.
   */
  waits: string[];
  /**
   * Events recorded when it has finished.
   */
  records: string[];
  /**
   * Buffers read and written, by the part's operand names.
   */
  operands: Operand[];
  rows: RowRange;
  /**
   * For parts that follow an exchange (lifted nodes, pack, reduce, ...): its name.
   */
  exchange?: string;
  /**
   * For a chunk of an exchange: its slots. Of buffers that hold atoms of the exchange it touches the rows of these slots alone, and `rows` are theirs among the rows sorted by slot. Absent where it touches all.
   */
  slots?: SlotRange;
  work: Work;
  span: Span;
}
/**
 * One phase of an exchange: a group of sends and receives. It has finished on a rank when all sends and receives of that rank have. Its operands are named `send` and `receive`; sizes of rows are the host's copies of the counts that a `read_counts` of the same exchange, layer and micro-batch has read before.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "TransferLaunch".
 */
export interface TransferLaunch {
  /**
   * Discriminator.
   */
  kind: "transfer";
  /**
   * Unique within the cell.
   */
  id: string;
  /**
   * The node of the cell's block that it implements: a dispatch or a combine.
   */
  node: string;
  /**
   * The exchange.
   */
  exchange: string;
  /**
   * Its phase.
   */
  phase: string;
  /**
   * For a chunk of the exchange: the slots whose atoms the phase carries, and the launch touches. Absent where it may touch all.
   */
  slots?: SlotRange;
  /**
   * Micro-batch, relative to the cell's first.
   */
  micro_batch: number;
  /**
   * Added to the layer of the cell's instance: -1 for the tail of the layer before, which runs beside this one; 0 where absent.
   */
  layer_offset?: number;
  /**
   * Stream of the role.
   */
  stream: string;
  /**
   * Events waited for before it starts.
   */
  waits: string[];
  /**
   * Events recorded when it has finished.
   */
  records: string[];
  /**
   * Buffers read and written.
   */
  operands: Operand[];
  span: Span;
}
/**
 * The host waits for events and reads an exchange's counts (operands `sent` and `received`, the latter those of all sources for the rank's slots, or for all slots); launches after it in the order may depend on them. Work issued before it goes on meanwhile.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "HostRead".
 */
export interface HostRead {
  /**
   * Discriminator.
   */
  kind: "read_counts";
  /**
   * Unique within the cell.
   */
  id: string;
  /**
   * The dispatch node.
   */
  node: string;
  /**
   * The exchange.
   */
  exchange: string;
  /**
   * Micro-batch, relative to the cell's first.
   */
  micro_batch: number;
  /**
   * Added to the layer of the cell's instance: -1 for the tail of the layer before, which runs beside this one; 0 where absent.
   */
  layer_offset?: number;
  /**
   * Events that the host waits for.
   */
  waits: string[];
  /**
   * Buffers read.
   */
  operands: Operand[];
  span: Span;
}
/**
 * What the host does where, by the counts that `read_counts` read, some rank of the communicator instance would receive more than `capacity_rows`; all ranks of the instance read the same counts, so all of them agree. Then those of the listed launches that stand between `read_counts` and this entry are left out: they keep their place on stream and communicator, wait and record as ever, but touch and send nothing. Here the host waits for all that it has issued before and makes the listed launches again and again, for tokens [0, n), [n, 2n), ... of every rank, each when the one before has finished. Otherwise the entry does nothing and orders nothing.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Rounds".
 */
export interface Rounds {
  /**
   * Discriminator.
   */
  kind: "rounds";
  /**
   * Unique within the cell.
   */
  id: string;
  /**
   * The combine node.
   */
  node: string;
  /**
   * The exchange.
   */
  exchange: string;
  /**
   * Micro-batch, relative to the cell's first.
   */
  micro_batch: number;
  /**
   * Added to the layer of the cell's instance: -1 for the tail of the layer before, which runs beside this one; 0 where absent.
   */
  layer_offset?: number;
  /**
   * None: where it acts, it waits for everything.
   */
  waits: string[];
  /**
   * Every buffer that the listed launches touch: `read` what they find there, `write` what they pass on among themselves, `update` what is read later, which stays as it is where the entry does nothing.
   */
  operands: Operand[];
  /**
   * Ids of the exchange's launches in the same layer and micro-batch, in order. Those that compute tokens compute those of the round alone.
   *
   * @minItems 1
   */
  launches: [string, ...string[]];
  /**
   * n: tokens of a rank in a round, so few that no routing of them exceeds `capacity_rows`.
   */
  tokens: Sized;
  span: Span;
}
/**
 * A buffer as a launch uses it.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Operand".
 */
export interface Operand {
  /**
   * The operand's name in the operator's part.
   */
  name: string;
  /**
   * The buffer.
   */
  buffer: string;
  /**
   * Which instance, as an expression over `layer`.
   */
  instance: Expr;
  /**
   * `update` reads and writes.
   */
  access: "read" | "write" | "update";
}
/**
 * The rows of its node that a launch computes.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "RowRange".
 */
export interface RowRange {
  /**
   * First row.
   */
  begin: Sized;
  /**
   * Row after the last; may be a run-time count.
   */
  end: Sized;
}
/**
 * What a kernel costs, for the device model.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Work".
 */
export interface Work {
  /**
   * Which model prices it.
   */
  class: "gemm" | "attention" | "memory";
  /**
   * Floating-point operations, a multiply-add being two.
   */
  flops: Sized;
  /**
   * Bytes of device memory that it must read and write at least once.
   */
  bytes: Sized;
  /**
   * For `gemm` and `attention`: number format of the multiplications.
   */
  dtype?: Dtype;
  gemm?: GemmShape;
}
/**
 * Shape of a (grouped) matrix product.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "GemmShape".
 */
export interface GemmShape {
  /**
   * Rows, over all groups.
   */
  m: Sized;
  /**
   * Columns.
   */
  n: Sized;
  /**
   * Length of the dot products.
   */
  k: Sized;
  /**
   * Number of groups: 1, or the rank's slots.
   */
  groups: Sized;
}
/**
 * Ranks with one timeline, which differ only by rank index and tables.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Role".
 */
export interface Role {
  /**
   * Its name.
   */
  name: string;
  /**
   * World ranks.
   */
  ranks: number[];
  /**
   * The streams of each of them.
   */
  streams: Stream[];
  /**
   * Cells in host issue order.
   */
  timeline: TimelineEntry[];
}
/**
 * A stream.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Stream".
 */
export interface Stream {
  /**
   * Its name.
   */
  name: string;
  /**
   * What runs on it.
   */
  kind: "compute" | "scale_up" | "scale_out";
  /**
   * Lower numbers go first, as in CUDA.
   */
  priority: number;
}
/**
 * A cell, repeated over consecutive layers.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "TimelineEntry".
 */
export interface TimelineEntry {
  /**
   * The cell.
   */
  cell: string;
  /**
   * Global index of the first layer.
   */
  layer: number;
  /**
   * Number of layers.
   */
  repeat: number;
  /**
   * First micro-batch; a launch's is relative to it.
   */
  micro_batch: number;
}
/**
 * Why the plan is as it is. Nothing that executes or proves a plan reads this part.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Why".
 */
export interface Why {
  /**
   * What was chosen, and what lost.
   */
  decisions: Decision[];
  prediction: Prediction;
}
/**
 * One choice.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Decision".
 */
export interface Decision {
  /**
   * What was chosen: `exchange`, `placement`, ...
   */
  name: string;
  /**
   * For choices of one layer: which.
   */
  layer?: number;
  /**
   * What it was.
   */
  choice: string;
  /**
   * Whether the user, and not the compiler, chose.
   */
  pinned: boolean;
  /**
   * Predicted time of a step with this choice, in microseconds; for placement of one layer, of its exchange and experts for a micro-batch, nothing hidden behind anything.
   */
  price_us: number;
  placed?: PlacedLayer;
  /**
   * With `placed`: which placement.
   */
  placement?: string;
  /**
   * With `placed`, where prices decided: whether the search found nothing better than what it began from.
   */
  start_was_best?: boolean;
  /**
   * What lost.
   */
  alternatives: Alternative[];
  /**
   * The setting that leaves or pins the choice.
   */
  span: Span;
}
/**
 * A choice that lost.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Alternative".
 */
export interface Alternative {
  /**
   * What it was.
   */
  choice: string;
  /**
   * Predicted time of a step with it and everything else as chosen, in microseconds, or of a layer as the decision's; null where it is not possible.
   */
  price_us: number | null;
  placed?: PlacedLayer;
  /**
   * Why it is not possible.
   */
  reason?: string;
}
/**
 * What placement makes of one layer, at the expected routing. Loads of GPUs are over their speeds.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "PlacedLayer".
 */
export interface PlacedLayer {
  /**
   * `priced`, `eplb` or `contiguous`; for `eplb` with its policy: `eplb: groups on nodes`.
   */
  method: string;
  /**
   * Experts that have several replicas.
   */
  replicated: number;
  /**
   * Replicas of the expert that has most.
   */
  most_replicas: number;
  /**
   * Experts whose replicas take unequal shares of their tokens.
   */
  uneven: number;
  /**
   * Slots that hold an expert which another slot of their GPU holds: no plan has them, EPLB may.
   */
  twice: number;
  /**
   * Rows of the GPU with most, over the mean.
   */
  load_over_mean: number;
  /**
   * The same over the least that any placement could have.
   */
  load_over_bound: number;
  /**
   * Other nodes that a token is sent to, on average.
   */
  nodes_per_token: number;
  /**
   * Microseconds to the experts.
   */
  dispatch_us: number;
  /**
   * Microseconds of the slowest GPU's experts.
   */
  experts_us: number;
  /**
   * Microseconds back.
   */
  combine_us: number;
}
/**
 * What the simulator predicts.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Prediction".
 */
export interface Prediction {
  /**
   * Makespan of a step, in microseconds.
   */
  step_time_us: number;
  /**
   * New tokens of all ranks per second.
   */
  tokens_per_second: number;
  /**
   * Time that the busiest rank computes.
   */
  compute_us: number;
  /**
   * Time that some transfer of the busiest rank runs.
   */
  communication_us: number;
  /**
   * Time that the busiest rank transfers and computes nothing.
   */
  exposed_communication_us: number;
  /**
   * Time that the busiest rank's streams are empty because its host waits for counts.
   */
  host_wait_us: number;
  /**
   * A time that no schedule of this graph, placement and traffic can beat on this machine.
   */
  lower_bound_us: number;
  /**
   * What that bound comes from.
   */
  bound_by: string;
  /**
   * Memory of a rank.
   */
  peak_memory_bytes: number;
  /**
   * Where exchanges have capacity: the share of all (token, expert) pairs that is dropped at the expected routing.
   */
  dropped_share?: number;
  /**
   * What the step of the busiest rank goes to, largest first: at every instant one cost is charged, so they add up to the step.
   */
  shares: CostShare[];
  /**
   * The figures that move the step most, the one that moves it most first.
   */
  sensitivity: Sensitivity[];
  /**
   * Busy time of each stream of the busiest rank.
   */
  streams: StreamPrediction[];
}
/**
 * A cost and what it takes of a step.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "CostShare".
 */
export interface CostShare {
  /**
   * While kernels run they are charged, several at once evenly, each as long as it takes with the whole GPU: matrix products are `experts` or `other_gemms`, what only moves data in device memory is `memory_bound`; what they take longer beside transfers is `slowed_by_transfers`. While none runs: the transfer whose data moves (`exposed_*`); without one, `waits_for_ranks` where a transfer waits for other ranks; without one, `waits_for_counts` where the host waits for counts or reads them; otherwise `idle`, or `ended` once the rank has done all and slower ones have not.
   */
  cost:
    | "experts"
    | "other_gemms"
    | "attention"
    | "memory_bound"
    | "slowed_by_transfers"
    | "exposed_dispatch"
    | "exposed_combine"
    | "exposed_counts"
    | "waits_for_ranks"
    | "waits_for_counts"
    | "idle"
    | "ended";
  /**
   * Its time, in microseconds.
   */
  time_us: number;
  /**
   * The same as a share of the step.
   */
  share: number;
}
/**
 * How much a figure that the prediction starts from moves the step: by what hangs on each launch along the step's critical path, with the launch priced anew. The order of events is kept, so it is an estimate.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "Sensitivity".
 */
export interface Sensitivity {
  /**
   * A parameter of the price models, such as `gemm_efficiency`, or what the machine states, such as `gpu.memory_bandwidth` or `nvlink.latency`.
   */
  parameter: string;
  /**
   * By which share of its value it is taken to grow: a tenth, or minus a tenth for a share that would exceed 1.
   */
  change: number;
  /**
   * By which share of its time the step then grows; below 0 where it is faster.
   */
  step_time_change: number;
}
/**
 * Busy time of a stream.
 *
 * This interface was referenced by `LaunchPlan`'s JSON-Schema
 * via the `definition` "StreamPrediction".
 */
export interface StreamPrediction {
  /**
   * The role.
   */
  role: string;
  /**
   * The stream.
   */
  stream: string;
  /**
   * Time in which it works, in microseconds.
   */
  busy_us: number;
}
