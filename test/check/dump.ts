// A checked program as readable text: one line a node, with its type, and the extents and options behind it.
import type { Program } from "../../src/check/program.js";
import { printExpression } from "../../src/plan/expression.js";
import type { Expr, Node, TensorType } from "../../src/plan/types.gen.js";

export function dump({ model, machine, dimensions, schedule }: Program): string {
  const lines = [`model ${model.name}`];
  for (const { block, first, repeat } of model.layers) lines.push(`  layer ${first} x ${repeat}: ${block}`);
  for (const block of model.blocks) {
    lines.push(
      "",
      `block ${block.name}(${block.input.name}: ${typeText(block.input.type)}) -> ${block.result}`,
    );
    lines.push(...block.nodes.map((node) => `  ${nodeText(node)}`));
  }
  lines.push("", "dimensions", ...dimensions.map(({ name, kind, value }) => `  ${name}: ${kind} = ${value}`));
  lines.push("", `machine ${machine.name}: ${machine.gpus} GPUs`);
  const { span: _machineSpan, tiers, name: _name, gpus: _gpus, ...gpu } = machine;
  lines.push(`  ${JSON.stringify(gpu)}`);
  lines.push(...tiers.map(({ span: _span, ...tier }) => `  ${JSON.stringify(tier)}`));
  lines.push("", `schedule ${schedule.name}`);
  const settings = Object.entries(withoutSpans(schedule) as Record<string, unknown>);
  for (const [name, value] of settings)
    if (name !== "name") lines.push(`  ${name}: ${JSON.stringify(value)}`);
  return lines.join("\n") + "\n";
}

export function nodeText({ id, op, inputs, dims, options, output }: Node): string {
  const extents = Object.entries(dims).map(([name, expr]) => `${name}: ${printExpression(expr)}`);
  const settings = Object.entries(options).map(([name, value]) => `${name}: ${value}`);
  return `${id}: ${typeText(output)} = ${op}(${inputs.join(", ")}) { ${[...extents, ...settings].join(", ")} }`;
}

export function typeText({ kind, shape, gate }: TensorType): string {
  const by = gate === undefined ? "" : ` by ${gate}`;
  return `${kind}[${shape.map((extent: Expr) => printExpression(extent)).join(", ")}]${by}`;
}

function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([name]) => name !== "span");
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutSpans(each)]));
}
