// The grammar, as a Chevrotain parser; grammar/weft.ebnf is generated from it. It reads what layout.ts gives out, and
// yields Chevrotain's concrete tree, which build-tree.ts turns into ours.
import {
  CstParser,
  type CstNode,
  type IParserConfig,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from "chevrotain";
import type { Entry } from "./brackets.js";
import { expectations } from "./expectations.js";
import * as t from "./tokens.js";

const { keywords: k } = t;

export class WeftParser extends CstParser {
  constructor(config: Partial<IParserConfig> = {}) {
    super(t.allTypes, {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: "none",
      errorMessageProvider: expectations,
      ...config,
    });
    this.performSelfAnalysis();
  }

  readonly File = this.RULE("File", () => {
    this.MANY_SEP({ SEP: t.Newline, DEF: () => this.SUBRULE(this.FileItem) });
  });

  readonly FileItem = this.RULE("FileItem", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.Import) },
      { ALT: () => this.SUBRULE(this.Model) },
      { ALT: () => this.SUBRULE(this.Cluster) },
      { ALT: () => this.SUBRULE(this.Schedule) },
      { ALT: () => this.SUBRULE(this.Op) },
    ]);
  });

  readonly Import = this.RULE("Import", () => {
    this.CONSUME(k.import);
    this.CONSUME(t.StringLiteral);
  });

  readonly Model = this.RULE("Model", () => {
    this.SUBRULE(this.ModelHeader);
    this.SUBRULE(this.ModelBody);
  });

  readonly ModelHeader = this.RULE("ModelHeader", () => {
    this.CONSUME(k.model);
    this.CONSUME(t.Identifier);
  });

  readonly ModelBody = this.RULE("ModelBody", () => this.body(() => this.SUBRULE(this.ModelItem)));

  readonly ModelItem = this.RULE("ModelItem", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.Block) },
      { ALT: () => this.SUBRULE(this.Op) },
      { ALT: () => this.SUBRULE(this.Binding) },
    ]);
  });

  readonly Binding = this.RULE("Binding", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.Expression);
  });

  readonly Block = this.RULE("Block", () => {
    this.SUBRULE(this.BlockHeader);
    this.SUBRULE(this.BlockBody);
  });

  readonly BlockHeader = this.RULE("BlockHeader", () => {
    this.CONSUME(k.block);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.Parameters);
  });

  readonly BlockBody = this.RULE("BlockBody", () => this.body(() => this.SUBRULE(this.BlockItem)));

  readonly BlockItem = this.RULE("BlockItem", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.Return) }, { ALT: () => this.SUBRULE(this.Binding) }]);
  });

  readonly Return = this.RULE("Return", () => {
    this.CONSUME(k.return);
    this.SUBRULE(this.Expression);
  });

  readonly Op = this.RULE("Op", () => {
    this.CONSUME(k.op);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.OpParameters);
    this.CONSUME(t.Arrow);
    this.SUBRULE(this.Type);
    this.SUBRULE(this.Record);
  });

  readonly OpParameters = this.RULE("OpParameters", () =>
    this.list(t.LeftParen, () => this.SUBRULE(this.OpParameter), t.RightParen),
  );

  readonly OpParameter = this.RULE("OpParameter", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.Type);
  });

  readonly Type = this.RULE("Type", () => {
    this.CONSUME(t.Identifier);
    this.OPTION2(() => this.SUBRULE(this.Dimensions));
  });

  readonly Dimensions = this.RULE("Dimensions", () =>
    this.list(t.LeftBracket, () => this.SUBRULE(this.Expression), t.RightBracket),
  );

  readonly Cluster = this.RULE("Cluster", () => {
    this.SUBRULE(this.ClusterHeader);
    this.SUBRULE(this.ClusterBody);
  });

  readonly ClusterHeader = this.RULE("ClusterHeader", () => {
    this.CONSUME(k.cluster);
    this.CONSUME(t.Identifier);
    this.OPTION2(() => this.SUBRULE(this.Parameters));
  });

  readonly ClusterBody = this.RULE("ClusterBody", () => this.body(() => this.SUBRULE(this.ClusterItem)));

  readonly ClusterItem = this.RULE("ClusterItem", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.Gpu) }, { ALT: () => this.SUBRULE(this.Tier) }]);
  });

  readonly Gpu = this.RULE("Gpu", () => {
    this.CONSUME(k.gpu);
    this.SUBRULE(this.Record);
  });

  readonly Tier = this.RULE("Tier", () => {
    this.CONSUME(k.tier);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.Record);
  });

  readonly Schedule = this.RULE("Schedule", () => {
    this.SUBRULE(this.ScheduleHeader);
    this.SUBRULE(this.ScheduleBody);
  });

  readonly ScheduleHeader = this.RULE("ScheduleHeader", () => {
    this.CONSUME(k.schedule);
    this.CONSUME(t.Identifier);
    this.CONSUME(k.of);
    this.CONSUME2(t.Identifier);
    this.CONSUME(k.on);
    this.SUBRULE(this.ClusterUse);
  });

  readonly ClusterUse = this.RULE("ClusterUse", () => {
    this.CONSUME(t.Identifier);
    this.OPTION2(() => this.SUBRULE(this.Arguments));
  });

  readonly ScheduleBody = this.RULE("ScheduleBody", () => this.body(() => this.SUBRULE(this.ScheduleItem)));

  readonly ScheduleItem = this.RULE("ScheduleItem", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.Require) },
      { ALT: () => this.SUBRULE(this.Profile) },
      { ALT: () => this.SUBRULE(this.Binding) },
    ]);
  });

  readonly Require = this.RULE("Require", () => {
    this.CONSUME(k.require);
    this.SUBRULE(this.Expression);
    this.CONSUME(t.Comparison);
    this.SUBRULE2(this.Expression);
  });

  readonly Profile = this.RULE("Profile", () => {
    this.CONSUME(k.profile);
    this.CONSUME(t.StringLiteral);
  });

  readonly Parameters = this.RULE("Parameters", () =>
    this.list(t.LeftParen, () => this.SUBRULE(this.Parameter), t.RightParen),
  );

  readonly Parameter = this.RULE("Parameter", () => {
    this.CONSUME(t.Identifier);
    this.OPTION2(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.Expression);
    });
  });

  readonly Expression = this.RULE("Expression", () => {
    this.SUBRULE(this.Term);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]);
      this.SUBRULE2(this.Term);
    });
  });

  readonly Term = this.RULE("Term", () => {
    this.SUBRULE(this.Factor);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Star) }, { ALT: () => this.CONSUME(t.Slash) }]);
      this.SUBRULE2(this.Factor);
    });
  });

  readonly Factor = this.RULE("Factor", () => {
    this.MANY(() => this.CONSUME(t.Minus));
    this.SUBRULE(this.Primary);
  });

  readonly Primary = this.RULE("Primary", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NumberLiteral) },
      { ALT: () => this.CONSUME(t.Quantity) },
      { ALT: () => this.CONSUME(t.StringLiteral) },
      { ALT: () => this.SUBRULE(this.Reference) },
      { ALT: () => this.SUBRULE(this.List) },
      { ALT: () => this.SUBRULE(this.Record) },
      { ALT: () => this.SUBRULE(this.Group) },
    ]);
  });

  readonly Reference = this.RULE("Reference", () => {
    this.CONSUME(t.Identifier);
    this.OPTION2(() => this.SUBRULE(this.Arguments));
  });

  readonly Arguments = this.RULE("Arguments", () =>
    this.list(t.LeftParen, () => this.SUBRULE(this.Argument), t.RightParen),
  );

  readonly Argument = this.RULE("Argument", () => {
    this.OPTION2({
      // A name alone may also begin the value.
      MAX_LOOKAHEAD: 2,
      DEF: () => {
        this.CONSUME(t.Identifier);
        this.CONSUME(t.Colon);
      },
    });
    this.SUBRULE(this.Expression);
  });

  readonly List = this.RULE("List", () =>
    this.list(t.LeftBracket, () => this.SUBRULE(this.Expression), t.RightBracket),
  );

  readonly Record = this.RULE("Record", () =>
    this.list(t.LeftBrace, () => this.SUBRULE(this.Field), t.RightBrace),
  );

  readonly Field = this.RULE("Field", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.Expression);
  });

  readonly Group = this.RULE("Group", () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.Expression);
    this.CONSUME(t.RightParen);
  });

  /** Statements in braces, a newline between each two. */
  private body(item: () => unknown): void {
    this.CONSUME(t.BodyOpen);
    this.MANY_SEP({ SEP: t.Newline, DEF: item });
    this.CONSUME(t.BodyClose);
  }

  /** Entries between brackets, a comma between each two and perhaps behind the last. */
  private list(open: TokenType, entry: () => unknown, close: TokenType): void {
    this.CONSUME(open);
    this.MANY_SEP({ SEP: t.Comma, DEF: entry });
    this.OPTION(() => this.CONSUME(t.TrailingComma));
    this.CONSUME2(close);
  }
}

export interface Parsed {
  /** Absent where recovery gave up. */
  readonly cst: CstNode | undefined;
  readonly errors: readonly IRecognitionException[];
}

let parser: WeftParser | undefined;

/** Parses laid-out tokens. The parser is made once: its analysis of the grammar takes longer than most texts. */
export function parseTokens(tokens: IToken[], entry: Entry): Parsed {
  parser ??= new WeftParser({ skipValidations: true });
  parser.input = tokens;
  try {
    const cst = entry === "File" ? parser.File() : parser.Expression();
    return { cst, errors: [...parser.errors] };
  } catch (error) {
    // Chevrotain recovers inside a repetition by recursion; thousands of such errors in a row exhaust the stack.
    if (error instanceof RangeError && parser.errors.length > 0)
      return { cst: undefined, errors: [...parser.errors] };
    throw error;
  }
}
