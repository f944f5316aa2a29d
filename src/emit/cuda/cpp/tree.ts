// A syntax tree of as much C++ as emitted programs use. Types are text: nothing here computes with them.

export type Expression =
  /** A name, qualified or not, or a literal. */
  | { readonly kind: "atom"; readonly text: string }
  | { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Expression[] }
  /** `type{items}`, or `{items}` where the type follows from the context. `tall` puts each item on a line of its own. */
  | {
      readonly kind: "braces";
      readonly type?: string;
      readonly items: readonly Expression[];
      readonly tall?: boolean;
    }
  | { readonly kind: "member"; readonly of: Expression; readonly name: string }
  | { readonly kind: "address"; readonly of: Expression }
  /** `head { return value; }` */
  | { readonly kind: "lambda"; readonly head: string; readonly value: Expression }
  | { readonly kind: "index"; readonly of: Expression; readonly at: Expression }
  | {
      readonly kind: "binary";
      readonly op: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | "&&" | "||";

export type Statement =
  | { readonly kind: "do"; readonly expression: Expression }
  | { readonly kind: "let"; readonly type: string; readonly name: string; readonly value: Expression }
  | {
      readonly kind: "for";
      readonly variable: string;
      readonly from: Expression;
      readonly end: Expression;
      readonly body: readonly Statement[];
    }
  | { readonly kind: "if"; readonly test: Expression; readonly body: readonly Statement[] }
  | { readonly kind: "return"; readonly value?: Expression }
  | Comment
  | Blank;

export interface Comment {
  readonly kind: "comment";
  readonly text: string;
}

export interface Blank {
  readonly kind: "blank";
}

export interface Parameter {
  readonly type: string;
  readonly name: string;
  readonly value?: Expression;
}

export type Declaration =
  | { readonly kind: "include"; readonly path: string; readonly system?: boolean }
  | { readonly kind: "once" }
  | { readonly kind: "using"; readonly name: string; readonly type: string }
  | {
      readonly kind: "variable";
      readonly type: string;
      readonly name: string;
      /** Extents of an array: `name[extent]...`. */
      readonly extents?: readonly Expression[];
      /** `name = value`, or `name{...}` for members. */
      readonly value?: Expression;
      /** What stands behind it on its line. */
      readonly note?: string;
    }
  | {
      readonly kind: "function";
      readonly result: string;
      readonly name: string;
      readonly parameters: readonly Parameter[];
      /** Only declared where absent. */
      readonly body?: readonly Statement[];
      /** `const` behind the parameters, or what a constructor initialises. */
      readonly suffix?: string;
    }
  | { readonly kind: "struct"; readonly name: string; readonly members: readonly Declaration[] }
  | { readonly kind: "namespace"; readonly name: string; readonly body: readonly Declaration[] }
  /** `#if condition`. */
  | {
      readonly kind: "if";
      readonly condition: string;
      readonly yes: readonly Declaration[];
      readonly no: readonly Declaration[];
    }
  | { readonly kind: "asserts"; readonly test: Expression; readonly message: string }
  | Comment
  | Blank;

export const atom = (text: string | number): Expression => ({ kind: "atom", text: String(text) });
export const text = (content: string): Expression => atom(JSON.stringify(content));
export const call = (callee: string | Expression, ...args: readonly Expression[]): Expression => ({
  kind: "call",
  callee: typeof callee === "string" ? atom(callee) : callee,
  args,
});
export const braces = (items: readonly Expression[], type?: string, tall?: boolean): Expression => ({
  kind: "braces",
  items,
  ...(type === undefined ? {} : { type }),
  ...(tall === true ? { tall } : {}),
});
export const member = (of: Expression, name: string): Expression => ({ kind: "member", of, name });
export const at = (of: Expression, index: Expression): Expression => ({ kind: "index", of, at: index });
export const binary = (op: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: "binary",
  op,
  left,
  right,
});
export const run = (expression: Expression): Statement => ({ kind: "do", expression });
export const comment = (content: string): Comment => ({ kind: "comment", text: content });
export const blank: Blank = { kind: "blank" };
