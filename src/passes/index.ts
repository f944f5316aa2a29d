// The compiler behind check: from a program to its plan. Everything else here is how `decide` gets there.
export { decide as compileProgram, decideAndSimulate as compileAndSimulate } from "./decide/decide.js";
