// Blocks as dataflow: names of nodes and dimensions, types, lifting over experts, calls of blocks.
import { describe, expect, it } from "vitest";
import { complaints, modelWith, moeBlock, nodesOf, programOf, scheduleWith } from "./language.js";

const ids = (...args: Parameters<typeof moeBlock>): readonly string[] =>
  moeBlock(...args).nodes.map(({ id }) => id);
const MOE = "gate = route(x, experts: 8, top_k: 2)";

describe("ids of nodes", () => {
  it("are the variable's name for what it names, and VARIABLE.OPERATOR inside", () => {
    expect(ids("h = x + swiglu(norm(x), width: 128)\nu = norm(h)\nreturn h + u")).toEqual([
      ...["h.norm", "h.swiglu", "h", "u"],
      "add",
    ]);
  });

  it("are numbered where an operator stands twice", () => {
    expect(ids("return swiglu(x, width: 8) + swiglu(x, width: 8) + x")).toEqual([
      ...["swiglu", "swiglu_2", "add", "add_2"],
    ]);
  });

  it("leave a variable's name to the variable, wherever that is bound", () => {
    expect(ids("y = x + norm(x)\nnorm_of_y = norm(y)\nreturn norm(norm_of_y)")).toContain("norm");
    expect(ids("swiglu = norm(x)\nreturn swiglu(swiglu, width: 8)")).toEqual(["swiglu", "swiglu_2"]);
  });

  it("begin with the name of an inlined block", () => {
    const expert = "block expert(x) {\n h = swiglu(x, width: 128)\n return linear(h, width: hidden) }";
    expect(ids("return expert(x) + expert(norm(x))", expert)).toEqual([
      ...["expert.h", "expert.linear", "norm", "expert_2.h", "expert_2.linear", "add"],
    ]);
  });
});

describe("dimensions", () => {
  const dimensions = (body: string, more = ""): readonly string[] =>
    programOf(scheduleWith("", { model: modelWith(body, more) })).dimensions.map(
      ({ name, kind, value }) => `${name}: ${kind} = ${value}`,
    );

  it("have a parameter's name where an attribute is the parameter alone", () => {
    expect(dimensions("return x + swiglu(x, width: inner)", "inner = 128")).toContain("inner: width = 128");
  });

  it("are named after block, node and attribute where it is anything else", () => {
    expect(dimensions("h = swiglu(x, width: 2 * hidden)\nreturn h")).toContain("moe.h.width: width = 128");
  });

  it("keep one kind each: a second use of a parameter gets a dimension of its own", () => {
    const found = dimensions(
      "return linear(swiglu(x, width: n), width: hidden) + gqa(x, heads: n, head_dim: 8)",
      "n = 8",
    );
    expect(found).toContain("n: width = 8");
    expect(found).toContain("moe.gqa.heads: heads = 8");
  });

  it("leave the plan's own names alone", () => {
    expect(dimensions("return swiglu(x, width: tokens)", "tokens = 128")).toContain(
      "moe.swiglu.width: width = 128",
    );
  });

  it("are only those that something in the plan refers to", () => {
    expect(dimensions("unused = swiglu(x, width: 7)\nreturn norm(x)").join()).not.toContain("7");
  });
});

describe("lifting", () => {
  it("applies token-wise operators to dispatched rows, at the experts of that gate", () => {
    const block = moeBlock(`${MOE}\nreturn combine(swiglu(norm(dispatch(x, gate)), width: 128), gate)`);
    expect(nodesOf(block).slice(1, 4)).toEqual([
      expect.stringContaining("dispatch: routed[rows, hidden] by gate"),
      expect.stringContaining("norm: routed[rows, hidden] by gate"),
      expect.stringContaining("swiglu: routed[rows, hidden] by gate"),
    ]);
    expect(block.nodes.at(-1)?.output).toEqual({ kind: "tokens", shape: ["tokens", "hidden"] });
  });

  it("applies whole blocks", () => {
    const expert =
      "block expert(r) {\n u = norm(r)\n return r + linear(swiglu(u, width: 256), width: hidden)\n }";
    const block = moeBlock(`${MOE}\nreturn x + combine(expert(dispatch(x, gate)), gate)`, expert);
    const lifted = block.nodes.filter(({ output }) => output.kind === "routed").map(({ id }) => id);
    expect(lifted).toEqual(["dispatch", "expert.u", "expert.swiglu", "expert.linear", "expert.add"]);
  });

  it("follows a width that the experts change", () => {
    const body = `${MOE}\nreturn linear(combine(linear(dispatch(x, gate), width: 32), gate), width: hidden)`;
    expect(nodesOf(moeBlock(body)).at(-2)).toContain("combine: tokens[tokens, moe.linear.width]");
  });

  it("serves two gates in one block", () => {
    const body = `
      a = route(x, experts: 8, top_k: 2)
      b = route(x, experts: 4, top_k: 1)
      return combine(swiglu(dispatch(x, a), width: 128), a) + combine(swiglu(dispatch(x, b), width: 64), b)`;
    const gates = moeBlock(body).nodes.flatMap(({ op, output }) => (op === "swiglu" ? [output.gate] : []));
    expect(gates).toEqual(["a", "b"]);
  });
});

describe("a tweak of one line", () => {
  const plain = `${MOE}\nrouted = combine(swiglu(dispatch(x, gate), width: 128), gate)\nreturn x + routed`;

  it("adds a shared expert", () => {
    const shared = plain.replace("x + routed", "x + routed + swiglu(x, width: 128)");
    expect(ids(shared)).toEqual([...ids(plain), "swiglu", "add_2"]);
  });

  it("routes from an earlier activation", () => {
    expect(complaints(modelWith(plain.replace("route(x,", "route(norm(x),")))).toEqual([]);
  });
});

describe("layers", () => {
  const layersOf = (layers: string): readonly string[] =>
    programOf(
      scheduleWith("", { model: modelWith("return x + norm(x)", "depth = 4", layers) }),
    ).model.layers.map(({ block, first, repeat }) => `${first}: ${repeat} * ${block}`);

  it("count from the first, with equal neighbours together", () => {
    expect(layersOf("[embed, moe, depth * moe, moe * 2]")).toEqual(["0: 1 * embed", "1: 7 * moe"]);
  });

  it("may use a block in several runs", () => {
    const model = modelWith(
      "return x + norm(x)",
      "block mid(x) { return norm(x) }",
      "[embed, 2 * moe, mid, 3 * moe]",
    );
    const { layers, blocks } = programOf(scheduleWith("", { model })).model;
    expect(layers.map(({ block, first }) => [block, first])).toEqual([
      ["embed", 0],
      ["moe", 1],
      ["mid", 3],
      ["moe", 4],
    ]);
    expect(blocks.map(({ name }) => name)).toEqual(["embed", "moe", "mid"]);
  });
});

describe("one run", () => {
  it("reports every independent mistake, and none twice", () => {
    const text = modelWith("h = x + swigul(norm(x), width: 128)\nu = swiglu(x, width: hiden)\nreturn h + v");
    expect(complaints(text)).toEqual([
      `unknown-operator at "swigul"`,
      `unknown-parameter at "hiden"`,
      `unknown-variable at "v"`,
    ]);
  });

  it("reads blocks that no layer uses, too", () => {
    const text = modelWith("return norm(x)", "block spare(x) { return swiglu(x, width: 4 KiB) }");
    expect(complaints(text)).toEqual([`unused-block at "spare"`, `wrong-unit at "4 KiB"`]);
  });

  it("keeps quiet about what a syntax error may have swallowed", () => {
    const text = modelWith("h = = norm(x)\nreturn h + norm(x)");
    expect(complaints(text).filter((each) => each.startsWith("unknown"))).toEqual([]);
  });
});
