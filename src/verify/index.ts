// What other folders use of the verifier.
export { verify } from "./verify.js";
export { verifyExchange } from "./exchange/verify-exchange.js";
export { wellformed as wellformedExchange } from "./exchange/wellformed.js";
export { renderVerify } from "./render.js";
export { wellformed } from "./wellformed/wellformed.js";
export { propertyNames } from "./result.js";
export type { Counterexample, PropertyName, VerifyResult } from "./result.js";
