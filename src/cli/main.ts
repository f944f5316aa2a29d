// The command line: parses arguments and calls the Node API. It decides nothing about schedules itself.
import { Command } from "commander";
import { version } from "../index.js";

const program = new Command("weft")
  .description("A communication-schedule compiler for sparse Mixture-of-Experts models")
  .version(version);

await program.parseAsync();
