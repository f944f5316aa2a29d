// The compiler behind check: from a program to its plan. Everything else here is how `decide` gets there.
export { decide as compileProgram } from "./decide/decide.js";
