// Random models as text: blocks of random dataflow, and the layers that they make.
import fc, { type Arbitrary } from "fast-check";
import { statements, width, type Experts, type Statement, type Width } from "./dataflow.js";

export interface Model {
  readonly declaration: string;
  /** Of each gate that a layer uses. */
  readonly experts: readonly number[];
}

interface Value {
  readonly name: string;
  readonly width: Width;
  readonly normed: boolean;
}

/** Writes the statements of one block, and the blocks that they call. */
class BlockWriter {
  readonly lines: string[] = [];
  readonly experts: number[] = [];
  /** Bodies of experts that are blocks of their own. */
  readonly blocks: string[] = [];
  #names = 0;

  constructor(readonly name: string) {}

  /** Binds a name to an expression. */
  #bind(prefix: string, expression: string): string {
    this.#names += 1;
    const name = `${prefix}${String(this.#names)}`;
    this.lines.push(`${name} = ${expression}`);
    return name;
  }

  /** Writes statements over an input; the value that adds up what none of them used. `residual`: and the input. */
  write(all: readonly Statement[], input: Value, out: Width, residual: boolean): string {
    const values: Value[] = [input];
    const used = new Set<Value>();
    const take = (of: number, like?: Value): Value => {
      const fitting = values.filter((each) => like === undefined || each.width === like.width);
      const value = fitting.at(-1 - (of % fitting.length))!;
      used.add(value);
      return value;
    };
    for (const each of all) values.push(this.#statement(each, take));
    const rest = values.filter((each) => !used.has(each) || (residual && each === input));
    const terms = rest.map(({ name, width }) => (width === out ? name : `linear(${name}, width: ${out})`));
    return terms.join(" + ");
  }

  #statement(statement: Statement, take: (of: number, like?: Value) => Value): Value {
    const value = take(statement.of);
    const { width } = value;
    switch (statement.kind) {
      case "norm":
        return { name: this.#bind("n", `norm(${value.name})`), width, normed: true };
      case "linear": {
        const name = this.#bind("l", `linear(${value.name}, width: ${statement.width})`);
        return { name, width: statement.width, normed: false };
      }
      case "swiglu": {
        const name = this.#bind("s", `swiglu(${bounded(value)}, width: ${statement.width})`);
        return { name, width, normed: false };
      }
      case "add": {
        const other = take(statement.other, value);
        return { name: this.#bind("a", `${value.name} + ${other.name}`), width, normed: false };
      }
      case "attention":
        return {
          name: this.#bind("h", statement.call.replace("X", bounded(value))),
          width,
          normed: false,
        };
      case "experts":
        return this.#experts(statement, value, take(statement.sent));
    }
  }

  #experts({ routing, body, place, width }: Experts, routed: Value, sent: Value): Value {
    const { experts, topK, options } = routing;
    this.experts.push(experts);
    const gate = this.#bind(
      "g",
      `route(${bounded(routed)}, experts: ${String(experts)}, top_k: ${String(topK)}${options})`,
    );
    const rows = this.#bind("r", `dispatch(${bounded(sent)}, ${gate})`);
    const input = { width: sent.width, normed: true };
    const result = this.#body(place, body, { ...input, name: rows }, width, gate);
    return { name: this.#bind("c", `combine(${result}, ${gate})`), width, normed: false };
  }

  /** An expression for what the experts make of their rows. */
  #body(
    place: Experts["place"],
    body: readonly Statement[],
    rows: Value,
    width: Width,
    gate: string,
  ): string {
    if (place === "inline") return this.write(body, rows, width, false);
    const name = `${this.name}_${gate}`;
    const inner = new BlockWriter(name);
    const result = inner.write(body, { ...rows, name: "y" }, width, false);
    this.blocks.push(printBlock(name, "y", inner.lines, result));
    const call = `${name}(${rows.name})`;
    return place === "called twice" && width === rows.width ? `${name}(${call})` : call;
  }
}

/** Values grow without bound where nothing normalises what is multiplied with itself. */
const bounded = ({ name, normed }: Value): string => (normed ? name : `norm(${name})`);

const printBlock = (name: string, input: string, lines: readonly string[], result: string): string =>
  [`  block ${name}(${input}) {`, ...lines.map((line) => `    ${line}`), `    return ${result}`, "  }"].join(
    "\n",
  );

const layer = fc.record({
  statements,
  residual: fc.boolean(),
  repeat: fc.constantFrom(1, 1, 2),
  /** Width of its result, where that is not the one of its input. */
  out: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: width }),
});

/** A model with so few layers that all of them can be executed on every rank. */
export const anyModel: Arbitrary<Model> = fc
  .record({
    hidden: fc.constantFrom(64, 7168, 512, 33, 7),
    inner: fc.constantFrom(64, 2048, 20, 1),
    narrow: fc.constantFrom(64, 512, 3),
    vocab: fc.constantFrom(100, 32000),
    first: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: statements }),
    layers: fc.array(layer, { minLength: 1, maxLength: 2 }),
    again: fc.boolean(),
    head: fc.boolean(),
  })
  .map(({ hidden, inner, narrow, vocab, first, layers, again, head }) => {
    const file = new ModelWriter();
    file.block("embed", "ids", first, { from: "hidden", to: "hidden", residual: true });
    let current = "hidden" as Width;
    const runs = layers.map(({ statements: all, residual, repeat, out = current }, at) => {
      const name = `layer${String(at)}`;
      file.block(name, "x", all, { from: current, to: out, residual });
      const times = repeat > 1 && current === out ? `${String(repeat)} * ` : "";
      current = out;
      return `${times}${name}`;
    });
    // The first layer takes tokens of the width that the last one gives.
    if (again && runs.length > 1 && current === "hidden") runs.push(runs[0]!);
    if (head) file.blocks.push(printBlock("head", "x", [], "linear(norm(x), width: vocab)"));
    const extents = Object.entries({ hidden, vocab, inner, narrow }).map(
      ([name, value]) => `  ${name} = ${String(value)}`,
    );
    const list = ["embed", ...runs, ...(head ? ["head"] : [])].join(", ");
    const body = [...extents, ...file.blocks, `  layers = [${list}]`].join("\n");
    return { declaration: `model Any {\n${body}\n}`, experts: file.experts };
  });

/** The blocks of a model, and the experts of their gates. */
class ModelWriter {
  readonly blocks: string[] = [];
  readonly experts: number[] = [];

  block(
    name: string,
    input: "ids" | "x",
    all: readonly Statement[],
    { from, to, residual }: { readonly from: Width; readonly to: Width; readonly residual: boolean },
  ): void {
    const writer = new BlockWriter(name);
    if (input === "ids") writer.lines.push(`x = embedding(ids, vocab: vocab)`);
    const result = writer.write(all, { name: "x", width: from, normed: false }, to, residual);
    this.blocks.push(...writer.blocks, printBlock(name, input, writer.lines, result));
    this.experts.push(...writer.experts);
  }
}
