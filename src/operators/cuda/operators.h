/**
 * The operators: one launcher for each kernel of the plan, with default kernels that need nothing but CUDA.
 *
 * A launcher puts its work for rows [row_begin, row_end) on the stream and returns. Rows hold what row_bytes
 * says, so element types are template parameters: X of inputs, W of weights, O of outputs, D of rows in
 * flight to experts, C of rows in flight back and of caches. Launchers do nothing where there are no rows,
 * except that dispatch_assign and dispatch_find_copies then write counts of zero.
 *
 * Launchers refuse what the defaults have no room for: more than 1,024 slots or sources of a rank, 1,024
 * experts of which a token has 64, or 256 nodes.
 *
 * ## Better kernels
 * The defaults are portable and readable; they do not use tensor cores. To put FlashAttention, DeepGEMM or
 * CUTLASS in their place, write a file `operators/custom.h`. It is included below, behind the declarations
 * and before any use, and specialises the launchers that it replaces for the element types that it serves:
 *
 *     #include <flash_mla.h>
 *     namespace weft {
 *     template <>
 *     inline void attention<Bf16, Bf16, Bf16>(const Launch& launch, Rows<Bf16> q, Rows<Bf16> state, ...) {
 *       ...
 *     }
 *     }  // namespace weft
 *
 * A launcher may neither synchronise nor allocate (the step may be captured into a graph), and must keep to its
 * rows. How many rows each slot has is on the device alone. Nothing else in the program changes.
 *
 * `--validate` executes the miniature, whose formats are all Float, and so a replacement for other formats only
 * where it serves Float too: hold the others against the defaults of this folder.
 */
#pragma once

#include "operators/views.h"

namespace weft {

/** out[row] = table[ids[row]] */
template <class W, class O>
void embedding(const Launch& launch, const Index* ids, Matrix<W> table, Rows<O> out);

/** Rows divided by the root of their mean square, times a gain for each column. */
template <class X, class W, class O>
void norm(const Launch& launch, Rows<X> x, Matrix<W> gain, Segments segments, Rows<O> out, float epsilon);

/** out = a + b; `out` may be the memory of either. */
template <class A, class B, class O>
void add(const Launch& launch, Rows<A> a, Rows<B> b, Rows<O> out);

/** out = x w. With slots, rows are sorted by slot, and each slot has its own w. */
template <class X, class W, class O>
void matmul(const Launch& launch, Rows<X> x, Matrix<W> w, Segments segments, Rows<O> out);

/** out = silu(x w_gate) * (x w_up), grouped as matmul is. */
template <class X, class W, class O>
void swiglu_gate_up(
  const Launch& launch, Rows<X> x, Matrix<W> w_gate, Matrix<W> w_up, Segments segments, Rows<O> out
);

/** Turns queries and keys for their positions, and puts keys and values where they belong in the cache. */
template <class X, class O, class C>
void gqa_cache(
  const Launch& launch,
  Rows<X> qkv,
  Rows<O> q,
  Rows<C> state,
  int length,
  int context,
  int heads,
  int kv_heads,
  int head_dim,
  float theta
);

/**
 * Causal attention. Rows are `length` new positions of one sequence after another; `state` [sequences,
 * context + length] has, for kv head h, its key from column h * key_dim and its value from column value_begin
 * + h * value_dim.
 */
template <class X, class C, class O>
void attention(
  const Launch& launch,
  Rows<X> q,
  Rows<C> state,
  Rows<O> out,
  int length,
  int context,
  int heads,
  int kv_heads,
  int key_dim,
  int value_dim,
  int value_begin,
  float scale
);

/** out = norm(first q_rank columns of latent) w, or x w where q_rank is 0. */
template <class X, class L, class W, class O>
void mla_query(
  const Launch& launch,
  Rows<X> x,
  Rows<L> latent,
  Matrix<W> gain,
  Matrix<W> w,
  Rows<O> out,
  int q_rank,
  float epsilon
);

/** Puts rows' normed latent [kv_rank] and turned key [rope], which stand behind q_rank columns, into the
 * cache. */
template <class X, class W, class C>
void mla_cache(
  const Launch& launch,
  Rows<X> latent,
  Matrix<W> gain,
  Rows<C> state,
  int length,
  int context,
  int q_rank,
  int kv_rank,
  int rope,
  float theta,
  float epsilon
);

/** q [heads][nope + rope] times w_uk [kv_rank][heads][nope] of each head, and the turned rest: out
 * [heads][kv_rank + rope]. */
template <class X, class W, class O>
void mla_absorb(
  const Launch& launch,
  Rows<X> q,
  Matrix<W> w_uk,
  Rows<O> out,
  int length,
  int context,
  int heads,
  int kv_rank,
  int nope,
  int rope,
  float theta
);

/** latent [heads][kv_rank] times w_uv [kv_rank][heads][value] of each head: out [heads][value]. */
template <class X, class W, class O>
void mla_value(
  const Launch& launch, Rows<X> latent, Matrix<W> w_uv, Rows<O> out, int heads, int kv_rank, int value
);

/**
 * The top_k experts of the best top_groups groups by score + bias, best first, among equal ones the lower
 * index first; weighed by score, normalised over the chosen if told so, times scale.
 */
inline void route_select(
  const Launch& launch,
  Rows<Float> logits,
  const float* bias,
  Index* chosen,
  float* weights,
  int experts,
  int top_k,
  int groups,
  int top_groups,
  bool softmax,
  bool normalize,
  float scale
);

/**
 * Rows of send_rows for the pairs (token, k), sorted by slot and in order of pairs within one, and rows for
 * each slot. Of an expert's n turns, token t takes number (rank + t) % n.
 */
inline void dispatch_assign(
  const Launch& launch,
  const Index* chosen,
  const Index* replica_begin,
  const Index* replica_slot,
  Index* pair_row,
  Index* sent,
  int top_k,
  int rank,
  int slots
);

/** The same where each slot has atom_rows rows: pairs beyond them have kNoRow; row_pair has the pair of each
 * row. */
inline void dispatch_assign_capacity(
  const Launch& launch,
  const Index* chosen,
  const Index* replica_begin,
  const Index* replica_slot,
  Index* pair_row,
  Index* row_pair,
  int tokens,
  int top_k,
  int rank,
  int slots,
  int atom_rows
);

/** send_rows[pair_row[token, k]] = x[token] */
template <class X, class D>
void dispatch_pack(const Launch& launch, Rows<X> x, const Index* pair_row, Rows<D> send_rows, int top_k);

/** send_rows[row] = x[token of row_pair[row]], or zeros where there is none. Rows are those of send_rows. */
template <class X, class D>
void dispatch_pack_capacity(
  const Launch& launch, Rows<X> x, const Index* row_pair, Rows<D> send_rows, int top_k
);

/** Rows of send_copies, sorted by node, for the nodes that have slots of each token, and what the nodes are
 * told. */
inline void dispatch_find_copies(
  const Launch& launch,
  const Index* pair_row,
  const Index* slot_begin,
  const Index* sent,
  Index* told,
  Index* copy_row,
  int top_k,
  int nodes,
  int node_ranks
);

/**
 * send_copies[copy_row[token, node]] = x[token], and behind its values `tags` words: for each k the row of
 * the pair among this rank's rows for the node, or kNoCopy; then, where `weights` is not null, the pairs'
 * weights.
 */
template <class X, class D>
void dispatch_pack_copies(
  const Launch& launch,
  Rows<X> x,
  const Index* pair_row,
  const Index* copy_row,
  const Index* slot_begin,
  const Index* sent,
  const float* weights,
  Rows<D> send_copies,
  int top_k,
  int tags,
  int nodes,
  int node_ranks
);

/** Gives each copy its rows of forward_rows, sorted by (host, source, slot); where there are weights,
 * relay_tags keeps rows and weights. */
template <class D>
void dispatch_forward(
  const Launch& launch,
  Rows<D> relay_copies,
  Relay received,
  Rows<D> forward_rows,
  Index* relay_tags,
  int top_k,
  int tags
);

/** From the order (source, slot) of arrived rows to the order (slot, source). Rows are those of expert_rows.
 */
template <class D>
void dispatch_unpack(const Launch& launch, Rows<D> arrived_rows, Segments received, Rows<D> expert_rows);

/** And back. Rows are those of result_rows. */
template <class C>
void combine_repack(const Launch& launch, Rows<C> result_rows, Segments received, Rows<C> leaving_rows);

/** The weighted sum of each copy's results on this node, in order of k. */
template <class C>
void combine_fold(
  const Launch& launch, Rows<C> gathered_rows, const Index* relay_tags, Rows<C> folded_copies, int top_k
);

/** From the order (host, source, slot) of gathered results to the order (source, slot). */
template <class C>
void combine_regroup(const Launch& launch, Rows<C> gathered_rows, Relay received, Rows<C> regrouped_rows);

/** The weighted sum of each token's results, in order of k. */
template <class C, class O>
void combine_reduce(
  const Launch& launch,
  Rows<C> returned_rows,
  const Index* pair_row,
  const float* weights,
  Rows<O> out,
  int top_k
);

/** The same where pairs may have kNoRow: they add nothing. */
template <class C, class O>
void combine_reduce_capacity(
  const Launch& launch,
  Rows<C> returned_rows,
  const Index* pair_row,
  const float* weights,
  Rows<O> out,
  int top_k
);

/** The sum of what the nodes sent back for each token, in order of nodes. */
template <class C, class O>
void combine_gather(
  const Launch& launch, Rows<C> returned_copies, const Index* copy_row, Rows<O> out, int nodes
);

}  // namespace weft

#if __has_include("operators/custom.h")
#include "operators/custom.h"
#endif

#include "operators/add.cuh"
#include "operators/attention.cuh"
#include "operators/combine_reduce.cuh"
#include "operators/combine_regroup.cuh"
#include "operators/combine_repack.cuh"
#include "operators/dispatch_assign.cuh"
#include "operators/dispatch_assign_capacity.cuh"
#include "operators/dispatch_find_copies.cuh"
#include "operators/dispatch_forward.cuh"
#include "operators/dispatch_pack.cuh"
#include "operators/dispatch_pack_copies.cuh"
#include "operators/dispatch_unpack.cuh"
#include "operators/embedding.cuh"
#include "operators/gqa_cache.cuh"
#include "operators/matmul.cuh"
#include "operators/mla_cache.cuh"
#include "operators/mla_heads.cuh"
#include "operators/mla_query.cuh"
#include "operators/norm.cuh"
#include "operators/route_select.cuh"
#include "operators/swiglu.cuh"
