// Generated from the files of emitted programs by `npm run generate`. Do not edit.
import text0 from "../../cuda/folder/.clang-format";
import text1 from "../../cuda/folder/CMakeLists.txt";
import text2 from "../../cuda/folder/launch/mpirun.sh";
import text3 from "../../cuda/folder/launch/slurm.sh";
import text4 from "../../cuda/folder/launch/torchrun.sh";
import text5 from "../../cuda/folder/main.cpp";
import text6 from "../../cuda/runtime/board.cpp";
import text7 from "../../cuda/runtime/board.h";
import text8 from "../../cuda/runtime/check.cpp";
import text9 from "../../cuda/runtime/check.h";
import text10 from "../../cuda/runtime/checkpoints.cpp";
import text11 from "../../cuda/runtime/checkpoints.h";
import text12 from "../../cuda/runtime/communicator.cpp";
import text13 from "../../cuda/runtime/communicator.h";
import text14 from "../../cuda/runtime/connection.cpp";
import text15 from "../../cuda/runtime/connection.h";
import text16 from "../../cuda/runtime/device.h";
import text17 from "../../cuda/runtime/facts.cpp";
import text18 from "../../cuda/runtime/facts.h";
import text19 from "../../cuda/runtime/gathering.cpp";
import text20 from "../../cuda/runtime/gathering.h";
import text21 from "../../cuda/runtime/launcher.cpp";
import text22 from "../../cuda/runtime/launcher.h";
import text23 from "../../cuda/runtime/launcher_mpi.cpp";
import text24 from "../../cuda/runtime/launcher_mpi.h";
import text25 from "../../cuda/runtime/meeting.cpp";
import text26 from "../../cuda/runtime/meeting.h";
import text27 from "../../cuda/runtime/meter.cpp";
import text28 from "../../cuda/runtime/meter.h";
import text29 from "../../cuda/runtime/nvtx.h";
import text30 from "../../cuda/runtime/options.cpp";
import text31 from "../../cuda/runtime/options.h";
import text32 from "../../cuda/runtime/peers.cpp";
import text33 from "../../cuda/runtime/peers.h";
import text34 from "../../cuda/runtime/pinned.h";
import text35 from "../../cuda/runtime/rank.cpp";
import text36 from "../../cuda/runtime/rank.h";
import text37 from "../../cuda/runtime/report.cpp";
import text38 from "../../cuda/runtime/report.h";
import text39 from "../../cuda/runtime/report_json.cpp";
import text40 from "../../cuda/runtime/run_rank.h";
import text41 from "../../cuda/runtime/step_clock.cpp";
import text42 from "../../cuda/runtime/step_clock.h";
import text43 from "../../cuda/runtime/stream.cpp";
import text44 from "../../cuda/runtime/stream.h";
import text45 from "../../cuda/runtime/tcp_peers.cpp";
import text46 from "../../cuda/runtime/tcp_peers.h";
import text47 from "../../cuda/runtime/versions.cpp";
import text48 from "../../cuda/runtime/versions.h";
import text49 from "../../cuda/runtime/watch.cpp";
import text50 from "../../cuda/runtime/watch.h";
import text51 from "./runtime/exchange_plan.h";
import text52 from "./runtime/exchange_step.cpp";
import text53 from "./runtime/exchange_step.h";
import text54 from "./runtime/moves.cpp";
import text55 from "./runtime/moves.h";
import text56 from "./runtime/pieces.cpp";
import text57 from "./runtime/pieces.h";
import text58 from "./runtime/row_kernels.cu";
import text59 from "./runtime/row_kernels.h";
import text60 from "./runtime/row_values.cpp";
import text61 from "./runtime/row_values.h";
import text62 from "./runtime/run_exchange.cpp";
import text63 from "./runtime/traffic.cpp";
import text64 from "./runtime/traffic.h";
import text65 from "./runtime/usage.cpp";

/** What every program of an exchange has. */
export const fixedFiles: readonly { readonly path: string; readonly text: string }[] = [
  { path: ".clang-format", text: text0 },
  { path: "CMakeLists.txt", text: text1 },
  { path: "launch/mpirun.sh", text: text2 },
  { path: "launch/slurm.sh", text: text3 },
  { path: "launch/torchrun.sh", text: text4 },
  { path: "main.cpp", text: text5 },
  { path: "runtime/board.cpp", text: text6 },
  { path: "runtime/board.h", text: text7 },
  { path: "runtime/check.cpp", text: text8 },
  { path: "runtime/check.h", text: text9 },
  { path: "runtime/checkpoints.cpp", text: text10 },
  { path: "runtime/checkpoints.h", text: text11 },
  { path: "runtime/communicator.cpp", text: text12 },
  { path: "runtime/communicator.h", text: text13 },
  { path: "runtime/connection.cpp", text: text14 },
  { path: "runtime/connection.h", text: text15 },
  { path: "runtime/device.h", text: text16 },
  { path: "runtime/facts.cpp", text: text17 },
  { path: "runtime/facts.h", text: text18 },
  { path: "runtime/gathering.cpp", text: text19 },
  { path: "runtime/gathering.h", text: text20 },
  { path: "runtime/launcher.cpp", text: text21 },
  { path: "runtime/launcher.h", text: text22 },
  { path: "runtime/launcher_mpi.cpp", text: text23 },
  { path: "runtime/launcher_mpi.h", text: text24 },
  { path: "runtime/meeting.cpp", text: text25 },
  { path: "runtime/meeting.h", text: text26 },
  { path: "runtime/meter.cpp", text: text27 },
  { path: "runtime/meter.h", text: text28 },
  { path: "runtime/nvtx.h", text: text29 },
  { path: "runtime/options.cpp", text: text30 },
  { path: "runtime/options.h", text: text31 },
  { path: "runtime/peers.cpp", text: text32 },
  { path: "runtime/peers.h", text: text33 },
  { path: "runtime/pinned.h", text: text34 },
  { path: "runtime/rank.cpp", text: text35 },
  { path: "runtime/rank.h", text: text36 },
  { path: "runtime/report.cpp", text: text37 },
  { path: "runtime/report.h", text: text38 },
  { path: "runtime/report_json.cpp", text: text39 },
  { path: "runtime/run_rank.h", text: text40 },
  { path: "runtime/step_clock.cpp", text: text41 },
  { path: "runtime/step_clock.h", text: text42 },
  { path: "runtime/stream.cpp", text: text43 },
  { path: "runtime/stream.h", text: text44 },
  { path: "runtime/tcp_peers.cpp", text: text45 },
  { path: "runtime/tcp_peers.h", text: text46 },
  { path: "runtime/versions.cpp", text: text47 },
  { path: "runtime/versions.h", text: text48 },
  { path: "runtime/watch.cpp", text: text49 },
  { path: "runtime/watch.h", text: text50 },
  { path: "runtime/exchange_plan.h", text: text51 },
  { path: "runtime/exchange_step.cpp", text: text52 },
  { path: "runtime/exchange_step.h", text: text53 },
  { path: "runtime/moves.cpp", text: text54 },
  { path: "runtime/moves.h", text: text55 },
  { path: "runtime/pieces.cpp", text: text56 },
  { path: "runtime/pieces.h", text: text57 },
  { path: "runtime/row_kernels.cu", text: text58 },
  { path: "runtime/row_kernels.h", text: text59 },
  { path: "runtime/row_values.cpp", text: text60 },
  { path: "runtime/row_values.h", text: text61 },
  { path: "runtime/run_exchange.cpp", text: text62 },
  { path: "runtime/traffic.cpp", text: text63 },
  { path: "runtime/traffic.h", text: text64 },
  { path: "runtime/usage.cpp", text: text65 },
];
