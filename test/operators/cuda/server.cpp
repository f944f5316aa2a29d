/**
 * Runs launches over a flat memory, as the CPU and WebGPU kernels do: reads on standard input lines
 * `launch KERNEL parameter=word ...`, then `memory WORDS` and the words; writes the words as they are
 * afterwards. Every element is a float. Parameters that hold word offsets are turned into views, and the
 * others are passed on.
 */
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "operators/operators.h"

namespace {

using namespace weft;

class Arguments {
 public:
  Arguments(Index* memory, std::map<std::string, Index> words) : memory_(memory), words_(std::move(words)) {}

  int size(const char* name) const { return static_cast<int>(words_.at(name)); }
  float constant(const char* name) const { return __uint_as_float(words_.at(name)); }
  Index* words(const char* name) const { return memory_ + words_.at(name); }
  float* floats(const char* name) const { return reinterpret_cast<float*>(words(name)); }
  Rows<Float> rows(const char* name, int width) const {
    return {reinterpret_cast<std::byte*>(words(name)), width};
  }
  Matrix<Float> matrix(const char* name, int rows, int columns) const {
    return {reinterpret_cast<std::byte*>(words(name)), rows, columns};
  }
  Segments segments(const char* name) const {
    return {words(name), size("ranks"), size("own_slots"), size("stride"), size("first")};
  }
  Relay relay() const {
    return {
      words("received"),
      words("slot_begin"),
      size("nodes"),
      size("node_ranks"),
      size("node"),
      size("rail"),
      size("stride"),
      size("node_first")
    };
  }
  Launch launch() const {
    const bool divided = words_.count("row_begin") > 0;
    return {nullptr, divided ? size("row_begin") : 0, divided ? size("row_end") : size("tokens")};
  }

 private:
  Index* memory_;
  std::map<std::string, Index> words_;
};

using Kernel = std::function<void(const Launch&, const Arguments&)>;

const std::map<std::string, Kernel>& kernels() {
  using A = Arguments;
  static const std::map<std::string, Kernel> all = {
    {"embedding",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       embedding(l, a.words("ids"), a.matrix("table", 1 << 20, width), a.rows("out", width));
     }},
    {"norm",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       norm(
         l,
         a.rows("x", width),
         a.matrix("gain", 1, width),
         a.segments("segments"),
         a.rows("out", width),
         a.constant("epsilon")
       );
     }},
    {"add",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       add(l, a.rows("a", width), a.rows("b", width), a.rows("out", width));
     }},
    {"matmul",
     [](const Launch& l, const A& a) {
       const int k = a.size("k"), n = a.size("n");
       matmul(l, a.rows("x", k), a.matrix("w", k, n), a.segments("segments"), a.rows("out", n));
     }},
    {"swiglu_gate_up",
     [](const Launch& l, const A& a) {
       const int k = a.size("k"), n = a.size("width");
       swiglu_gate_up(
         l,
         a.rows("x", k),
         a.matrix("w_gate", k, n),
         a.matrix("w_up", k, n),
         a.segments("segments"),
         a.rows("out", n)
       );
     }},
    {"gqa_cache",
     [](const Launch& l, const A& a) {
       const int heads = a.size("heads"), kv_heads = a.size("kv_heads"), head_dim = a.size("head_dim");
       gqa_cache(
         l,
         a.rows("qkv", (heads + 2 * kv_heads) * head_dim),
         a.rows("q", heads * head_dim),
         a.rows("state", 2 * kv_heads * head_dim),
         a.size("length"),
         a.size("context"),
         heads,
         kv_heads,
         head_dim,
         a.constant("theta")
       );
     }},
    {"attention",
     [](const Launch& l, const A& a) {
       const int heads = a.size("heads"), key_dim = a.size("key_dim"), value_dim = a.size("value_dim");
       attention(
         l,
         a.rows("q", heads * key_dim),
         a.rows("state", a.size("state_width")),
         a.rows("out", heads * value_dim),
         a.size("length"),
         a.size("context"),
         heads,
         a.size("kv_heads"),
         key_dim,
         value_dim,
         a.size("value_begin"),
         a.constant("scale")
       );
     }},
    {"mla_query",
     [](const Launch& l, const A& a) {
       const int q_rank = a.size("q_rank"), width = a.size("width"), n = a.size("n");
       mla_query(
         l,
         a.rows("x", width),
         a.rows("latent", a.size("latent_width")),
         a.matrix("gain", 1, q_rank),
         a.matrix("w", q_rank > 0 ? q_rank : width, n),
         a.rows("out", n),
         q_rank,
         a.constant("epsilon")
       );
     }},
    {"mla_cache",
     [](const Launch& l, const A& a) {
       const int q_rank = a.size("q_rank"), kv_rank = a.size("kv_rank"), rope = a.size("rope");
       mla_cache(
         l,
         a.rows("latent", q_rank + kv_rank + rope),
         a.matrix("gain", 1, kv_rank),
         a.rows("state", kv_rank + rope),
         a.size("length"),
         a.size("context"),
         q_rank,
         kv_rank,
         rope,
         a.constant("theta"),
         a.constant("epsilon")
       );
     }},
    {"mla_absorb",
     [](const Launch& l, const A& a) {
       const int heads = a.size("heads"), kv_rank = a.size("kv_rank"), nope = a.size("nope"),
                 rope = a.size("rope");
       mla_absorb(
         l,
         a.rows("q", heads * (nope + rope)),
         a.matrix("w_uk", kv_rank, heads * nope),
         a.rows("out", heads * (kv_rank + rope)),
         a.size("length"),
         a.size("context"),
         heads,
         kv_rank,
         nope,
         rope,
         a.constant("theta")
       );
     }},
    {"mla_value",
     [](const Launch& l, const A& a) {
       const int heads = a.size("heads"), kv_rank = a.size("kv_rank"), value = a.size("value");
       mla_value(
         l,
         a.rows("latent", heads * kv_rank),
         a.matrix("w_uv", kv_rank, heads * value),
         a.rows("out", heads * value),
         heads,
         kv_rank,
         value
       );
     }},
    {"route_select",
     [](const Launch& l, const A& a) {
       const int experts = a.size("experts");
       route_select(
         l,
         a.rows("logits", experts),
         a.floats("bias"),
         a.words("chosen"),
         a.floats("weights"),
         experts,
         a.size("top_k"),
         a.size("groups"),
         a.size("top_groups"),
         a.size("softmax") == 1,
         a.size("normalize") == 1,
         a.constant("scale")
       );
     }},
    {"dispatch_assign",
     [](const Launch& l, const A& a) {
       dispatch_assign(
         l,
         a.words("chosen"),
         a.words("replica_begin"),
         a.words("replica_slot"),
         a.words("pair_row"),
         a.words("sent"),
         a.size("top_k"),
         a.size("rank"),
         a.size("slots")
       );
     }},
    {"dispatch_assign_capacity",
     [](const Launch& l, const A& a) {
       dispatch_assign_capacity(
         l,
         a.words("chosen"),
         a.words("replica_begin"),
         a.words("replica_slot"),
         a.words("pair_row"),
         a.words("row_pair"),
         a.size("tokens"),
         a.size("top_k"),
         a.size("rank"),
         a.size("slots"),
         a.size("atom_rows")
       );
     }},
    {"dispatch_pack",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       dispatch_pack(l, a.rows("x", width), a.words("pair_row"), a.rows("send_rows", width), a.size("top_k"));
     }},
    {"dispatch_pack_capacity",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       dispatch_pack_capacity(
         l, a.rows("x", width), a.words("row_pair"), a.rows("send_rows", width), a.size("top_k")
       );
     }},
    {"dispatch_find_copies",
     [](const Launch& l, const A& a) {
       dispatch_find_copies(
         l,
         a.words("pair_row"),
         a.words("slot_begin"),
         a.words("sent"),
         a.words("told"),
         a.words("copy_row"),
         a.size("top_k"),
         a.size("nodes"),
         a.size("node_ranks")
       );
     }},
    {"dispatch_pack_copies",
     [](const Launch& l, const A& a) {
       const int width = a.size("width"), tags = a.size("tags"), top_k = a.size("top_k");
       dispatch_pack_copies(
         l,
         a.rows("x", width),
         a.words("pair_row"),
         a.words("copy_row"),
         a.words("slot_begin"),
         a.words("sent"),
         tags > top_k ? a.floats("weights") : nullptr,
         a.rows("send_copies", width + tags),
         top_k,
         tags,
         a.size("nodes"),
         a.size("node_ranks")
       );
     }},
    {"dispatch_forward",
     [](const Launch& l, const A& a) {
       const int width = a.size("width"), tags = a.size("tags"), top_k = a.size("top_k");
       dispatch_forward(
         l,
         a.rows("relay_copies", width + tags),
         a.relay(),
         a.rows("forward_rows", width),
         tags > top_k ? a.words("relay_tags") : nullptr,
         top_k,
         tags
       );
     }},
    {"dispatch_unpack",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       dispatch_unpack(
         l, a.rows("arrived_rows", width), a.segments("received"), a.rows("expert_rows", width)
       );
     }},
    {"combine_repack",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       combine_repack(l, a.rows("result_rows", width), a.segments("received"), a.rows("leaving_rows", width));
     }},
    {"combine_fold",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       combine_fold(
         l,
         a.rows("gathered_rows", width),
         a.words("relay_tags"),
         a.rows("folded_copies", width),
         a.size("top_k")
       );
     }},
    {"combine_regroup",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       combine_regroup(l, a.rows("gathered_rows", width), a.relay(), a.rows("regrouped_rows", width));
     }},
    {"combine_reduce",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       combine_reduce(
         l,
         a.rows("returned_rows", width),
         a.words("pair_row"),
         a.floats("weights"),
         a.rows("out", width),
         a.size("top_k")
       );
     }},
    {"combine_reduce_capacity",
     [](const Launch& l, const A& a) {
       const int width = a.size("width");
       combine_reduce_capacity(
         l,
         a.rows("returned_rows", width),
         a.words("pair_row"),
         a.floats("weights"),
         a.rows("out", width),
         a.size("top_k")
       );
     }},
    {"combine_gather", [](const Launch& l, const A& a) {
       const int width = a.size("width");
       combine_gather(
         l, a.rows("returned_copies", width), a.words("copy_row"), a.rows("out", width), a.size("nodes")
       );
     }},
  };
  return all;
}

struct Request {
  std::string kernel;
  std::map<std::string, Index> words;
};

/** The next line of standard input, without its end; false where there is none. */
bool read_line(std::string& line) {
  line.clear();
  for (int c = std::getchar(); c != EOF; c = std::getchar()) {
    if (c == '\n') return true;
    line.push_back(static_cast<char>(c));
  }
  return false;
}

void serve(const std::vector<Request>& requests, std::size_t words) {
  std::vector<uint4> storage(words / 4 + 1);
  Index* const memory = reinterpret_cast<Index*>(storage.data());
  if (std::fread(memory, sizeof(Index), words, stdin) != words) std::exit(2);
  for (const Request& request : requests) {
    const Arguments arguments(memory, request.words);
    kernels().at(request.kernel)(arguments.launch(), arguments);
  }
  std::fwrite(memory, sizeof(Index), words, stdout);
  std::fflush(stdout);
}

}  // namespace

int main() {
  std::vector<Request> requests;
  for (std::string line; read_line(line);) {
    std::istringstream text(line);
    std::string verb, subject;
    text >> verb >> subject;
    if (verb == "launch") {
      Request request{subject, {}};
      for (std::string pair; text >> pair;) {
        const std::size_t equals = pair.find('=');
        request.words[pair.substr(0, equals)] = static_cast<Index>(std::stoul(pair.substr(equals + 1)));
      }
      requests.push_back(std::move(request));
    } else {
      serve(requests, std::stoul(subject));
      requests.clear();
    }
  }
  return 0;
}
