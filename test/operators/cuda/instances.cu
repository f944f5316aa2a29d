// All operators in the formats of three plans, for compilers and for the table of kernels. Nothing here is
// run.
#include "operators/operators.h"

namespace weft {

/** What a plan with these formats of weights, activations, dispatched rows, combined rows and caches
 * launches. */
template <class W, class A, class D, class C, class S>
void instantiate(const Launch& launch, std::byte* memory, Index* words, float* gate) {
  const Segments segments = {};
  const Relay relay = {};
  const Matrix<W> weights = {memory, 8, 8};
  const Matrix<Float> router = {memory, 8, 8};
  const Rows<A> rows = {memory, 8};
  const Rows<D> sent = {memory, 8};
  const Rows<C> back = {memory, 8};
  const Rows<S> state = {memory, 8};
  const Rows<Float> logits = {memory, 8};
  embedding(launch, words, weights, rows);
  norm(launch, rows, weights, segments, rows, 1.0f);
  add(launch, rows, rows, rows);
  matmul(launch, rows, weights, segments, rows);
  matmul(launch, rows, router, segments, logits);
  swiglu_gate_up(launch, sent, weights, weights, segments, rows);
  gqa_cache(launch, rows, rows, state, 1, 1, 1, 1, 2, 1.0f);
  attention(launch, rows, state, rows, 1, 1, 1, 1, 2, 2, 2, 1.0f);
  mla_query(launch, rows, rows, weights, weights, rows, 1, 1.0f);
  mla_cache(launch, rows, weights, state, 1, 1, 2, 2, 2, 1.0f, 1.0f);
  mla_absorb(launch, rows, weights, rows, 1, 1, 1, 2, 2, 2, 1.0f);
  mla_value(launch, rows, weights, rows, 1, 2, 2);
  route_select(launch, logits, gate, words, gate, 8, 2, 1, 1, true, true, 1.0f);
  dispatch_assign(launch, words, words, words, words, words, 2, 0, 2);
  dispatch_assign_capacity(launch, words, words, words, words, words, 2, 2, 0, 2, 2);
  dispatch_pack(launch, rows, words, sent, 2);
  dispatch_pack_capacity(launch, rows, words, sent, 2);
  dispatch_find_copies(launch, words, words, words, words, words, 2, 2, 2);
  dispatch_pack_copies(launch, rows, words, words, words, words, gate, sent, 2, 4, 2, 2);
  dispatch_forward(launch, sent, relay, sent, words, 2, 4);
  dispatch_unpack(launch, sent, segments, sent);
  combine_repack(launch, back, segments, back);
  combine_fold(launch, back, words, back, 2);
  combine_regroup(launch, back, relay, back);
  combine_reduce(launch, back, words, gate, rows, 2);
  combine_reduce_capacity(launch, back, words, gate, rows, 2);
  combine_gather(launch, back, words, rows, 2);
}

// PLANS says which: 1 for a plan in fp8, 2 in bf16, 4 in float.
#if PLANS & 1
template void instantiate<Fp8, Bf16, Fp8, Bf16, Fp8>(const Launch&, std::byte*, Index*, float*);
#endif
#if PLANS & 2
template void instantiate<Bf16, Bf16, Bf16, Bf16, Bf16>(const Launch&, std::byte*, Index*, float*);
#endif
#if PLANS & 4
template void instantiate<Float, Float, Float, Float, Float>(const Launch&, std::byte*, Index*, float*);
#endif

}  // namespace weft
