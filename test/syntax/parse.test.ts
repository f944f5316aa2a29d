import { describe, expect, it } from "vitest";
import { parse, parseExpression } from "../../src/syntax/parse.js";
import type { Expr, ModelDecl, ScheduleDecl } from "../../src/syntax/ast.js";

/** The only declaration of a text without errors. */
function declaration(text: string) {
  const { file, diagnostics } = parse({ uri: "a.weft", text });
  expect(diagnostics).toEqual([]);
  expect(file.declarations).toHaveLength(1);
  return file.declarations[0]!;
}
const model = (text: string) => declaration(text) as ModelDecl;

function expression(text: string): Expr {
  const { expression, diagnostics } = parseExpression({ uri: "--set x", text });
  expect(diagnostics).toEqual([]);
  return expression;
}

/** An expression with all its operators in brackets. */
function bracketed(expr: Expr): string {
  switch (expr.kind) {
    case "Name":
      return expr.text;
    case "Number":
      return String(expr.value);
    case "Quantity":
      return `${expr.value} ${expr.unit}`;
    case "String":
      return JSON.stringify(expr.value);
    case "List":
      return `[${expr.items.map(bracketed).join(", ")}]`;
    case "Record":
      return `{${expr.fields.map(({ name, value }) => `${name.text}: ${bracketed(value)}`).join(", ")}}`;
    case "Call":
      return `${expr.callee.text}(${expr.args
        .map(({ name, value }) => (name ? `${name.text}: ` : "") + bracketed(value))
        .join(", ")})`;
    case "Binary":
      return `(${bracketed(expr.left)} ${expr.op} ${bracketed(expr.right)})`;
    case "Unary":
      return `(-${bracketed(expr.operand)})`;
    case "Error":
      return "<error>";
  }
}

describe("expressions", () => {
  it.each([
    ["1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"],
    ["a / b / c", "((a / b) / c)"],
    ["(a + b) * c", "((a + b) * c)"],
    ["--a * -b", "((-(-a)) * (-b))"],
    ["a - -1", "(a - (-1))"],
    ["f(x, width: 2 * n)", "f(x, width: (2 * n))"],
    ["f()", "f()"],
    ["[embed, 3 * dense]", "[embed, (3 * dense)]"],
    ["{ a: 1, b: { c: x } }", "{a: 1, b: {c: x}}"],
    ["[1, 2,]", "[1, 2]"],
    ["f(\n  a,\n  b: 1,\n)", "f(a, b: 1)"],
    ['measured("a\\"b\\\\c")', 'measured("a\\"b\\\\c")'],
    ["of", "of"],
  ])("%s", (text, expected) => {
    expect(bracketed(expression(text))).toBe(expected);
  });

  it("spans several lines where the whole text is one value", () => {
    expect(bracketed(expression("1\n + 2"))).toBe("(1 + 2)");
  });

  it("marks operators, callees and named arguments with spans of their own", () => {
    expect(expression("ab + f(cd: 1)")).toMatchObject({
      kind: "Binary",
      opSpan: { start: 3, end: 4 },
      left: { span: { start: 0, end: 2 } },
      right: {
        callee: { text: "f", span: { start: 5, end: 6 } },
        args: [{ name: { text: "cd", span: { start: 7, end: 9 } } }],
      },
    });
  });
});

describe("quantities are one token: number, blanks, unit", () => {
  it.each([
    ["80 GiB", 80, "GiB", 3],
    ["80GiB", 80, "GiB", 2],
    ["3.35  TB/s", 3.35, "TB/s", 6],
    ["1.5e3 us", 1500, "us", 6],
    ["7 Gib", 7, "Gib", 2],
    ["2 µs", 2, "µs", 2],
  ])("%s", (text, value, unit, unitStart) => {
    expect(expression(text)).toMatchObject({ kind: "Quantity", value, unit, unitSpan: { start: unitStart } });
  });

  it.each(["3 * dense", "1e9", "12", "x1", "top_k", "2 - x"])("%s is none", (text) => {
    expect(JSON.stringify(expression(text))).not.toContain("Quantity");
  });

  it("divides where a blank stands before the slash", () => {
    expect(bracketed(expression("8 GB / nodes"))).toBe("(8 GB / nodes)");
  });
});

describe("newlines", () => {
  it("end statements, but not inside brackets of a value", () => {
    const { params } = model("model M {\n  a = (1 +\n    2)\n\n  b = [\n 1\n]\n}");
    expect(params.map(({ name, value }) => [name.text, value && bracketed(value)])).toEqual([
      ["a", "(1 + 2)"],
      ["b", "[1]"],
    ]);
  });

  it("are not needed beside the braces of a body, and comments are no statements", () => {
    const { blocks } = model("model M { block b(x) { return x } } // the end\n/* really */");
    expect(blocks[0]?.body).toMatchObject([{ kind: "Return", value: { kind: "Name", text: "x" } }]);
  });

  it("may be \\r\\n", () => {
    expect(model("model M {\r\n  a = 1\r\n  b = 2\r\n}\r\n").params).toHaveLength(2);
  });
});

describe("keywords are names wherever they can be", () => {
  it("as parameters, arguments, fields and values", () => {
    const text =
      "model model {\n  model = 1\n  block = op\n  op = f(tier: on, of: of)\n  return = { require: gpu }\n}";
    expect(model(text).params.map(({ name }) => name.text)).toEqual(["model", "block", "op", "return"]);
  });

  it("also in the header of a schedule", () => {
    const text = "schedule of of on on of(on: 1) {\n  require = 1\n  require require <= 2\n}";
    const schedule = declaration(text) as ScheduleDecl;
    expect([schedule.name.text, schedule.model.text, schedule.cluster.name.text]).toEqual(["of", "on", "of"]);
    expect(schedule.settings[0]?.name.text).toBe("require");
    expect(schedule.requires[0]?.subject).toMatchObject({ kind: "Name", text: "require" });
  });
});

describe("declarations", () => {
  it("read a model: parameters, blocks, ops and layers", () => {
    const read = model(
      "model M {\n  n = 4\n  block b(x, y) {\n    h = x\n    return h\n  }\n" +
        '  op f(x: tokens[n]) -> tokens[n, 2 * n] { flops: 2 * n, wgsl: "f.wgsl" }\n  layers = [2 * b]\n}',
    );
    expect(read.params.map(({ name }) => name.text)).toEqual(["n"]);
    expect(read.blocks[0]?.params.map(({ name }) => name.text)).toEqual(["x", "y"]);
    expect(read.blocks[0]?.body.map(({ kind }) => kind)).toEqual(["Let", "Return"]);
    expect(read.ops[0]?.params[0]).toMatchObject({ name: { text: "x" }, type: { name: { text: "tokens" } } });
    expect(read.ops[0]?.result.dims.map(bracketed)).toEqual(["n", "(2 * n)"]);
    expect(read.ops[0]?.fields.map(({ name }) => name.text)).toEqual(["flops", "wgsl"]);
    expect(read.layers.map(({ value }) => bracketed(value))).toEqual(["[(2 * b)]"]);
  });

  it("read a cluster with defaults for its parameters", () => {
    expect(
      declaration(
        "cluster C(nodes, gpus = 8) {\n  gpu { memory: 80 GiB }\n  tier nvlink {\n  joins: gpus,\n }\n}",
      ),
    ).toMatchObject({
      kind: "Cluster",
      params: [{ name: { text: "nodes" } }, { name: { text: "gpus" }, value: { value: 8 } }],
      gpus: [{ fields: [{ name: { text: "memory" } }] }],
      tiers: [{ name: { text: "nvlink" }, fields: [{ value: { text: "gpus" } }] }],
    });
  });

  it("read a schedule: settings, requirements and profiles", () => {
    const text =
      'schedule s of M on C(nodes: 4) {\n  mode = train\n  require memory <= 76 GiB\n  profile "a.json"\n}';
    expect(declaration(text)).toMatchObject({
      name: { text: "s" },
      model: { text: "M" },
      cluster: { name: { text: "C" }, args: [{ name: { text: "nodes" }, value: { value: 4 } }] },
      settings: [{ name: { text: "mode" } }],
      requires: [{ op: "<=", value: { value: 76, unit: "GiB" } }],
      profiles: [{ path: { value: "a.json" } }],
    });
  });

  it("read imports", () => {
    const { file, diagnostics } = parse({
      uri: "a.weft",
      text: 'import "weft:clusters/h800"\nimport "b.weft"',
    });
    expect(diagnostics).toEqual([]);
    expect(file.imports.map(({ path }) => path.value)).toEqual(["weft:clusters/h800", "b.weft"]);
  });

  it("read nothing from nothing", () => {
    expect(parse({ uri: "a.weft", text: " // only a comment\n" })).toMatchObject({
      file: { imports: [], declarations: [] },
      diagnostics: [],
    });
  });
});

describe("after an error", () => {
  const text = "model M {\n  a =\n  b = f(1 2)\n  block (x) { return }\n  c = 3\n}\nschedule s of on C {\n}";
  const { file } = parse({ uri: "a.weft", text });

  it("the rest is still read", () => {
    const [read, schedule] = file.declarations as [ModelDecl, ScheduleDecl];
    expect(read.params.map(({ name, value }) => [name.text, value && bracketed(value)])).toEqual([
      ["a", "<error>"],
      ["b", "f(1, 2)"],
      ["c", "3"],
    ]);
    expect(schedule.cluster.name.text).toBe("C");
  });

  it("missing names are empty, missing values are Error expressions", () => {
    const [read, schedule] = file.declarations as [ModelDecl, ScheduleDecl];
    expect(read.blocks[0]?.name).toMatchObject({ text: "", span: { start: read.blocks[0]!.span.start + 5 } });
    expect(read.blocks[0]?.body[0]).toMatchObject({ kind: "Return", value: { kind: "Error" } });
    expect(schedule.model.text).toBe("");
  });
});
