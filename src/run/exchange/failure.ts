// How an execution finds an exchange plan wrong, or its traffic too much for it.

/**
 * `poison`: a launch sends on what has not arrived. `missing`: a row never comes where it is wanted. `twice`: a row comes there
 * more than once. `wrong_result`: something else is there. `over_capacity`: a rank would receive, or hold for others, more rows
 * than the plan has room for; nothing was moved.
 */
export interface ExchangeFailure {
  readonly kind: "poison" | "missing" | "twice" | "wrong_result" | "over_capacity";
  readonly rank: number;
  readonly message: string;
  /** Of `over_capacity`: rows that there would be, and that there may be. */
  readonly rows?: number;
  readonly capacity?: number;
}

/** Ends an execution with a failure. */
export class ExchangeFailed extends Error {
  override readonly name = "ExchangeFailed";

  constructor(readonly failure: ExchangeFailure) {
    super(failure.message);
  }
}
