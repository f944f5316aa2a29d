// The hint of a syntax error: what is written in the place where the parser stopped.
import { tokenMatcher, type IToken } from "chevrotain";
import { Equals, Minus, Newline, Plus, Slash, Star } from "./tokens.js";

const ENDED = "The statement is complete before this. Each statement stands on a line of its own.";

const ADVICE: Readonly<Record<string, string>> = {
  FileItem: "Outside all declarations stand import, model, cluster, schedule and op.",
  Import: 'An import reads: import "weft:clusters/h800".',
  ModelHeader: "A model reads: model Name { ... }.",
  ModelItem: 'A model holds "name = value", "block name(x) { ... }", "op ..." and "layers = [...]".',
  ModelBody: ENDED,
  BlockBody: ENDED,
  ClusterBody: ENDED,
  ScheduleBody: ENDED,
  File: ENDED,
  Binding: 'A statement reads: name = value. An operator or a call goes on the right of "=".',
  BlockHeader: "A block reads: block name(x) { ... }.",
  BlockItem: 'A block holds "name = value" and "return value".',
  Return: "A block gives its result with: return value.",
  Op: 'An op reads: op name(x: tokens[hidden]) -> tokens[hidden] { flops: ..., wgsl: "f.wgsl" }.',
  OpParameter: "A parameter of an op reads: x: tokens[hidden].",
  Type: "A type reads: tokens[hidden].",
  ClusterHeader: "A cluster reads: cluster Name(nodes) { ... }.",
  ClusterItem: "A cluster holds one gpu { ... } and a tier name { ... } for each network.",
  Gpu: "A gpu reads: gpu { memory: 80 GiB, ... }.",
  Tier: "A tier reads: tier name { joins: 8, kind: switch, ... }.",
  ScheduleHeader: "A schedule reads: schedule name of Model on Cluster(nodes: 4) { ... }.",
  ScheduleItem: 'A schedule holds "name = value", "require memory <= 76 GiB" and profiles.',
  Require: "A requirement reads: require memory <= 76 GiB.",
  Profile: 'A profile reads: profile "ops.json".',
  Parameters: "Parameters are names between ( ), separated by commas.",
  Parameter: "Parameters are names between ( ), separated by commas.",
  Arguments: "Arguments stand between ( ), separated by commas: f(x, width: 2048).",
  Argument: "An argument is a value or: name: value.",
  List: "A list reads: [a, 3 * b].",
  Dimensions: "A type reads: tokens[hidden].",
  Record: "A record reads: { name: value, name: value }.",
  Field: "A field reads: name: value.",
  Group: "Close the parenthesis behind the value.",
  End: "There is room for one value. Join values by an operator, or list them in [ ].",
  Expression: "A value is a number, a quantity, a string, a name, a call, a list or a record.",
};

const SAME_LINE =
  'Write the value behind "=" on the same line; inside ( ), [ ] and { } it may go on in the next.';
const CONTINUE = "A new line ends a statement. Put the value in ( ) to go on in the next line.";

/** The advice of the innermost rule that has one; newlines around operators get their own. */
export function adviceFor(ruleStack: readonly string[], found: IToken, previous: IToken | undefined): string {
  const operators = [Plus, Minus, Star, Slash];
  const isAt = (token: IToken | undefined, types: typeof operators): boolean =>
    token !== undefined && types.some((type) => tokenMatcher(token, type));
  if (found.tokenType === Newline && isAt(previous, operators)) return CONTINUE;
  if (found.tokenType === Newline && isAt(previous, [Equals])) return SAME_LINE;
  if (previous?.tokenType === Newline && isAt(found, operators)) return CONTINUE;
  const rule = ruleStack.findLast((name) => ADVICE[name] !== undefined) ?? "End";
  return ADVICE[rule] ?? "";
}
