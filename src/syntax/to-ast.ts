// The concrete tree to the typed one: declarations and statements. Expressions are in to-expr.ts.
import type {
  BlockDecl,
  ClusterDecl,
  ClusterUse,
  CompareOp,
  Declaration,
  Field,
  File,
  GpuDecl,
  Import,
  LayersDecl,
  Let,
  ModelDecl,
  OpDecl,
  OpParam,
  ParamDecl,
  Profile,
  Require,
  Return,
  ScheduleDecl,
  Setting,
  Statement,
  TierDecl,
  TypeExpr,
} from "./ast.js";
import { childNode, childNodes, childToken, identIn, isPresent, stringIn } from "./read-tree.js";
import { toArguments, toExpr, toExprs, toFields } from "./to-expr.js";
import type { Node } from "./tree.js";

/** The name under which a model lists its layers. */
const LAYERS = "layers";

export function toFile(root: Node): File {
  const declarations = root.children.map((child) =>
    child.type === "node" ? toDeclaration(child) : undefined,
  );
  return {
    kind: "File",
    span: root.span,
    imports: childNodes(root, "Import").map(toImport),
    declarations: declarations.filter(isPresent),
  };
}

function toImport(node: Node): Import {
  return { kind: "Import", span: node.span, path: stringIn(node) };
}

function toDeclaration(node: Node): Declaration | undefined {
  switch (node.kind) {
    case "Model":
      return toModel(node);
    case "Cluster":
      return toCluster(node);
    case "Schedule":
      return toSchedule(node);
    case "Op":
      return toOp(node);
    default:
      return undefined;
  }
}

function toModel(node: Node): ModelDecl {
  const body = childNode(node, "ModelBody");
  const bindings = childNodes(body, "Binding");
  const isLayers = (binding: Node): boolean => identIn(binding).text === LAYERS;
  return {
    kind: "Model",
    span: node.span,
    name: identIn(childNode(node, "ModelHeader") ?? node),
    params: bindings
      .filter((binding) => !isLayers(binding))
      .map((binding): ParamDecl => toBinding(binding, "Param")),
    blocks: childNodes(body, "Block").map(toBlock),
    ops: childNodes(body, "Op").map(toOp),
    layers: bindings.filter(isLayers).map((binding): LayersDecl => toBinding(binding, "Layers")),
  };
}

function toBinding<Kind extends string>(node: Node, kind: Kind): { kind: Kind } & Omit<Let, "kind"> {
  return { kind, span: node.span, name: identIn(node), value: toExpr(node) };
}

function toBlock(node: Node): BlockDecl {
  const header = childNode(node, "BlockHeader") ?? node;
  const body = childNode(node, "BlockBody");
  return {
    kind: "Block",
    span: node.span,
    name: identIn(header),
    params: childNodes(childNode(header, "Parameters"), "Parameter").map(toParameter),
    body: (body?.children ?? [])
      .map((child) => (child.type === "node" ? toStatement(child) : undefined))
      .filter(isPresent),
  };
}

function toStatement(node: Node): Statement | undefined {
  if (node.kind === "Binding") return toBinding(node, "Let");
  if (node.kind === "Return")
    return { kind: "Return", span: node.span, value: toExpr(node) } satisfies Return;
  return undefined;
}

function toParameter(node: Node): ParamDecl {
  const name = identIn(node);
  return childToken(node, "Equals")
    ? { kind: "Param", span: node.span, name, value: toExpr(node) }
    : { kind: "Param", span: node.span, name };
}

function toOp(node: Node): OpDecl {
  return {
    kind: "Op",
    span: node.span,
    name: identIn(node),
    params: childNodes(childNode(node, "OpParameters"), "OpParameter").map((each): OpParam => ({
      kind: "OpParam",
      span: each.span,
      name: identIn(each),
      type: toType(each),
    })),
    result: toType(node),
    fields: fieldsIn(node),
  };
}

/** The type written in a node; a type without a name where none could be read. */
function toType(parent: Node): TypeExpr {
  const node = childNode(parent, "Type");
  return {
    kind: "Type",
    span: (node ?? parent).span,
    name: node ? identIn(node) : { kind: "Ident", text: "", span: parent.span },
    dims: toExprs(childNode(node, "Dimensions")),
  };
}

function fieldsIn(node: Node): readonly Field[] {
  return toFields(childNode(node, "Record"));
}

function toCluster(node: Node): ClusterDecl {
  const header = childNode(node, "ClusterHeader") ?? node;
  const body = childNode(node, "ClusterBody");
  return {
    kind: "Cluster",
    span: node.span,
    name: identIn(header),
    params: childNodes(childNode(header, "Parameters"), "Parameter").map(toParameter),
    gpus: childNodes(body, "Gpu").map((each): GpuDecl => ({
      kind: "Gpu",
      span: each.span,
      name: identIn(each, "GpuKeyword"),
      fields: fieldsIn(each),
    })),
    tiers: childNodes(body, "Tier").map((each): TierDecl => ({
      kind: "Tier",
      span: each.span,
      name: identIn(each),
      fields: fieldsIn(each),
    })),
  };
}

function toSchedule(node: Node): ScheduleDecl {
  const header = childNode(node, "ScheduleHeader") ?? node;
  const body = childNode(node, "ScheduleBody");
  return {
    kind: "Schedule",
    span: node.span,
    name: identIn(header, "Identifier", "ScheduleKeyword"),
    model: identIn(header, "Identifier", "OfKeyword"),
    cluster: toClusterUse(header),
    settings: childNodes(body, "Binding").map((each): Setting => toBinding(each, "Setting")),
    requires: childNodes(body, "Require").map(toRequire),
    profiles: childNodes(body, "Profile").map((each): Profile => ({
      kind: "Profile",
      span: each.span,
      path: stringIn(each),
    })),
  };
}

function toClusterUse(header: Node): ClusterUse {
  const node = childNode(header, "ClusterUse") ?? { ...header, children: [] };
  const args = toArguments(childNode(node, "Arguments"));
  return { kind: "ClusterUse", span: node.span, name: identIn(node), args };
}

const COMPARISONS: readonly CompareOp[] = ["<=", ">=", "<", ">"];

function toRequire(node: Node): Require {
  const comparison = childToken(node, "Comparison");
  const split = comparison?.span.start ?? node.span.end;
  const part = (keep: (start: number) => boolean): Node => ({
    ...node,
    children: node.children.filter((child) => child !== comparison && keep(child.span.start)),
  });
  return {
    kind: "Require",
    span: node.span,
    subject: toExpr(part((start) => start < split)),
    op: COMPARISONS.find((op) => op === comparison?.text) ?? "<=",
    value: toExpr(part((start) => start >= split)),
  };
}
