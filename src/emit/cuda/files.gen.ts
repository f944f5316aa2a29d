// Generated from the files of emitted programs by `npm run generate`. Do not edit.
import folderClangFormat from "../../emit/cuda/folder/.clang-format";
import folderCMakeListsTxt from "../../emit/cuda/folder/CMakeLists.txt";
import folderLaunchMpirunSh from "../../emit/cuda/folder/launch/mpirun.sh";
import folderLaunchSlurmSh from "../../emit/cuda/folder/launch/slurm.sh";
import folderLaunchTorchrunSh from "../../emit/cuda/folder/launch/torchrun.sh";
import folderMainCpp from "../../emit/cuda/folder/main.cpp";
import runtimeArithmeticH from "../../emit/cuda/runtime/arithmetic.h";
import runtimeAtomsCpp from "../../emit/cuda/runtime/atoms.cpp";
import runtimeAtomsH from "../../emit/cuda/runtime/atoms.h";
import runtimeBoardCpp from "../../emit/cuda/runtime/board.cpp";
import runtimeBoardH from "../../emit/cuda/runtime/board.h";
import runtimeCheckCpp from "../../emit/cuda/runtime/check.cpp";
import runtimeCheckH from "../../emit/cuda/runtime/check.h";
import runtimeCheckpointsCpp from "../../emit/cuda/runtime/checkpoints.cpp";
import runtimeCheckpointsH from "../../emit/cuda/runtime/checkpoints.h";
import runtimeCommunicatorCpp from "../../emit/cuda/runtime/communicator.cpp";
import runtimeCommunicatorH from "../../emit/cuda/runtime/communicator.h";
import runtimeConnectionCpp from "../../emit/cuda/runtime/connection.cpp";
import runtimeConnectionH from "../../emit/cuda/runtime/connection.h";
import runtimeCountsCpp from "../../emit/cuda/runtime/counts.cpp";
import runtimeCountsH from "../../emit/cuda/runtime/counts.h";
import runtimeDeviceH from "../../emit/cuda/runtime/device.h";
import runtimeExchangeCpp from "../../emit/cuda/runtime/exchange.cpp";
import runtimeExchangeH from "../../emit/cuda/runtime/exchange.h";
import runtimeFactsCpp from "../../emit/cuda/runtime/facts.cpp";
import runtimeFactsH from "../../emit/cuda/runtime/facts.h";
import runtimeFenceCpp from "../../emit/cuda/runtime/fence.cpp";
import runtimeFenceH from "../../emit/cuda/runtime/fence.h";
import runtimeFillCpp from "../../emit/cuda/runtime/fill.cpp";
import runtimeFillH from "../../emit/cuda/runtime/fill.h";
import runtimeFillKernelsCu from "../../emit/cuda/runtime/fill_kernels.cu";
import runtimeFillKernelsH from "../../emit/cuda/runtime/fill_kernels.h";
import runtimeFormatH from "../../emit/cuda/runtime/format.h";
import runtimeGatheringCpp from "../../emit/cuda/runtime/gathering.cpp";
import runtimeGatheringH from "../../emit/cuda/runtime/gathering.h";
import runtimeGraphCpp from "../../emit/cuda/runtime/graph.cpp";
import runtimeGraphH from "../../emit/cuda/runtime/graph.h";
import runtimeLauncherCpp from "../../emit/cuda/runtime/launcher.cpp";
import runtimeLauncherH from "../../emit/cuda/runtime/launcher.h";
import runtimeLauncherMpiCpp from "../../emit/cuda/runtime/launcher_mpi.cpp";
import runtimeLauncherMpiH from "../../emit/cuda/runtime/launcher_mpi.h";
import runtimeLaunchingH from "../../emit/cuda/runtime/launching.h";
import runtimeLayoutCpp from "../../emit/cuda/runtime/layout.cpp";
import runtimeLayoutH from "../../emit/cuda/runtime/layout.h";
import runtimeMeetingCpp from "../../emit/cuda/runtime/meeting.cpp";
import runtimeMeetingH from "../../emit/cuda/runtime/meeting.h";
import runtimeMeterCpp from "../../emit/cuda/runtime/meter.cpp";
import runtimeMeterH from "../../emit/cuda/runtime/meter.h";
import runtimeNoiseCpp from "../../emit/cuda/runtime/noise.cpp";
import runtimeNoiseH from "../../emit/cuda/runtime/noise.h";
import runtimeNvtxH from "../../emit/cuda/runtime/nvtx.h";
import runtimeOptionsCpp from "../../emit/cuda/runtime/options.cpp";
import runtimeOptionsH from "../../emit/cuda/runtime/options.h";
import runtimePeersCpp from "../../emit/cuda/runtime/peers.cpp";
import runtimePeersH from "../../emit/cuda/runtime/peers.h";
import runtimePinnedH from "../../emit/cuda/runtime/pinned.h";
import runtimeRankCpp from "../../emit/cuda/runtime/rank.cpp";
import runtimeRankH from "../../emit/cuda/runtime/rank.h";
import runtimeReferenceCpp from "../../emit/cuda/runtime/reference.cpp";
import runtimeReferenceH from "../../emit/cuda/runtime/reference.h";
import runtimeReferenceAttentionCpp from "../../emit/cuda/runtime/reference_attention.cpp";
import runtimeReferenceLayerCpp from "../../emit/cuda/runtime/reference_layer.cpp";
import runtimeReferenceLayerH from "../../emit/cuda/runtime/reference_layer.h";
import runtimeReferenceMathH from "../../emit/cuda/runtime/reference_math.h";
import runtimeReferenceRankingCpp from "../../emit/cuda/runtime/reference_ranking.cpp";
import runtimeReferenceRankingH from "../../emit/cuda/runtime/reference_ranking.h";
import runtimeReferenceRouteCpp from "../../emit/cuda/runtime/reference_route.cpp";
import runtimeReportCpp from "../../emit/cuda/runtime/report.cpp";
import runtimeReportH from "../../emit/cuda/runtime/report.h";
import runtimeReportJsonCpp from "../../emit/cuda/runtime/report_json.cpp";
import runtimeRunCpp from "../../emit/cuda/runtime/run.cpp";
import runtimeRunH from "../../emit/cuda/runtime/run.h";
import runtimeRunRankH from "../../emit/cuda/runtime/run_rank.h";
import runtimeStepClockCpp from "../../emit/cuda/runtime/step_clock.cpp";
import runtimeStepClockH from "../../emit/cuda/runtime/step_clock.h";
import runtimeStreamCpp from "../../emit/cuda/runtime/stream.cpp";
import runtimeStreamH from "../../emit/cuda/runtime/stream.h";
import runtimeTcpPeersCpp from "../../emit/cuda/runtime/tcp_peers.cpp";
import runtimeTcpPeersH from "../../emit/cuda/runtime/tcp_peers.h";
import runtimeUsageCpp from "../../emit/cuda/runtime/usage.cpp";
import runtimeValidateCpp from "../../emit/cuda/runtime/validate.cpp";
import runtimeValidateH from "../../emit/cuda/runtime/validate.h";
import runtimeVersionsCpp from "../../emit/cuda/runtime/versions.cpp";
import runtimeVersionsH from "../../emit/cuda/runtime/versions.h";
import runtimeWatchCpp from "../../emit/cuda/runtime/watch.cpp";
import runtimeWatchH from "../../emit/cuda/runtime/watch.h";
import operatorsAddAddCuh from "../../operators/add/add.cuh";
import operatorsCombineCombineReduceCuh from "../../operators/combine/combine_reduce.cuh";
import operatorsCombineCombineRegroupCuh from "../../operators/combine/combine_regroup.cuh";
import operatorsCombineCombineRepackCuh from "../../operators/combine/combine_repack.cuh";
import operatorsCudaOperatorsH from "../../operators/cuda/operators.h";
import operatorsCudaViewsH from "../../operators/cuda/views.h";
import operatorsDispatchDispatchAssignCuh from "../../operators/dispatch/dispatch_assign.cuh";
import operatorsDispatchDispatchAssignCapacityCuh from "../../operators/dispatch/dispatch_assign_capacity.cuh";
import operatorsDispatchDispatchFindCopiesCuh from "../../operators/dispatch/dispatch_find_copies.cuh";
import operatorsDispatchDispatchForwardCuh from "../../operators/dispatch/dispatch_forward.cuh";
import operatorsDispatchDispatchPackCuh from "../../operators/dispatch/dispatch_pack.cuh";
import operatorsDispatchDispatchPackCopiesCuh from "../../operators/dispatch/dispatch_pack_copies.cuh";
import operatorsDispatchDispatchUnpackCuh from "../../operators/dispatch/dispatch_unpack.cuh";
import operatorsEmbeddingEmbeddingCuh from "../../operators/embedding/embedding.cuh";
import operatorsGqaGqaCacheCuh from "../../operators/gqa/gqa_cache.cuh";
import operatorsKernelsArithmeticCuh from "../../operators/kernels/arithmetic.cuh";
import operatorsKernelsAtomOrderCuh from "../../operators/kernels/atom_order.cuh";
import operatorsKernelsAttentionCuh from "../../operators/kernels/attention.cuh";
import operatorsKernelsAttentionShapeCuh from "../../operators/kernels/attention_shape.cuh";
import operatorsKernelsCopyFormatCuh from "../../operators/kernels/copy_format.cuh";
import operatorsKernelsCublasCuh from "../../operators/kernels/cublas.cuh";
import operatorsKernelsGemmCuh from "../../operators/kernels/gemm.cuh";
import operatorsKernelsMatmulCuh from "../../operators/kernels/matmul.cuh";
import operatorsKernelsMatrixViewCuh from "../../operators/kernels/matrix_view.cuh";
import operatorsKernelsMoveRowsCuh from "../../operators/kernels/move_rows.cuh";
import operatorsKernelsNodeRowsCuh from "../../operators/kernels/node_rows.cuh";
import operatorsKernelsPairCountsCuh from "../../operators/kernels/pair_counts.cuh";
import operatorsKernelsPanelCuh from "../../operators/kernels/panel.cuh";
import operatorsKernelsQuadCuh from "../../operators/kernels/quad.cuh";
import operatorsKernelsRelayCuh from "../../operators/kernels/relay.cuh";
import operatorsKernelsRopeCuh from "../../operators/kernels/rope.cuh";
import operatorsKernelsSegmentsCuh from "../../operators/kernels/segments.cuh";
import operatorsKernelsWriteRowCuh from "../../operators/kernels/write_row.cuh";
import operatorsMlaMlaCacheCuh from "../../operators/mla/mla_cache.cuh";
import operatorsMlaMlaHeadsCuh from "../../operators/mla/mla_heads.cuh";
import operatorsMlaMlaQueryCuh from "../../operators/mla/mla_query.cuh";
import operatorsNormNormCuh from "../../operators/norm/norm.cuh";
import operatorsRouteRouteSelectCuh from "../../operators/route/route_select.cuh";
import operatorsSwigluSwigluCuh from "../../operators/swiglu/swiglu.cuh";
import emulationCMakeListsTxt from "../../emit/cuda/emulation/CMakeLists.txt";
import emulationApiCpp from "../../emit/cuda/emulation/api.cpp";
import emulationApiH from "../../emit/cuda/emulation/api.h";
import emulationAtomicsCpp from "../../emit/cuda/emulation/atomics.cpp";
import emulationBlocksCpp from "../../emit/cuda/emulation/blocks.cpp";
import emulationBlocksH from "../../emit/cuda/emulation/blocks.h";
import emulationCaptureCpp from "../../emit/cuda/emulation/capture.cpp";
import emulationCaptureH from "../../emit/cuda/emulation/capture.h";
import emulationCliqueH from "../../emit/cuda/emulation/clique.h";
import emulationClockH from "../../emit/cuda/emulation/clock.h";
import emulationCommunicatorCpp from "../../emit/cuda/emulation/communicator.cpp";
import emulationCopyCpp from "../../emit/cuda/emulation/copy.cpp";
import emulationDeadlockCpp from "../../emit/cuda/emulation/deadlock.cpp";
import emulationDeadlockH from "../../emit/cuda/emulation/deadlock.h";
import emulationDetectorCpp from "../../emit/cuda/emulation/detector.cpp";
import emulationDetectorH from "../../emit/cuda/emulation/detector.h";
import emulationDeviceCpp from "../../emit/cuda/emulation/device.cpp";
import emulationDeviceH from "../../emit/cuda/emulation/device.h";
import emulationEventCpp from "../../emit/cuda/emulation/event.cpp";
import emulationFiberCpp from "../../emit/cuda/emulation/fiber.cpp";
import emulationFiberH from "../../emit/cuda/emulation/fiber.h";
import emulationGroupCpp from "../../emit/cuda/emulation/group.cpp";
import emulationHostCpp from "../../emit/cuda/emulation/host.cpp";
import emulationHostH from "../../emit/cuda/emulation/host.h";
import emulationInstrumentationCpp from "../../emit/cuda/emulation/instrumentation.cpp";
import emulationInterceptsCpp from "../../emit/cuda/emulation/intercepts.cpp";
import emulationKernelCpp from "../../emit/cuda/emulation/kernel.cpp";
import emulationLaunchH from "../../emit/cuda/emulation/launch.h";
import emulationLeavingCpp from "../../emit/cuda/emulation/leaving.cpp";
import emulationLeavingH from "../../emit/cuda/emulation/leaving.h";
import emulationMachineCpp from "../../emit/cuda/emulation/machine.cpp";
import emulationMachineH from "../../emit/cuda/emulation/machine.h";
import emulationMainCpp from "../../emit/cuda/emulation/main.cpp";
import emulationMarksH from "../../emit/cuda/emulation/marks.h";
import emulationMeetingCpp from "../../emit/cuda/emulation/meeting.cpp";
import emulationMemoryCpp from "../../emit/cuda/emulation/memory.cpp";
import emulationMemoryH from "../../emit/cuda/emulation/memory.h";
import emulationNvtxCpp from "../../emit/cuda/emulation/nvtx.cpp";
import emulationOperationCpp from "../../emit/cuda/emulation/operation.cpp";
import emulationOperationH from "../../emit/cuda/emulation/operation.h";
import emulationRandomH from "../../emit/cuda/emulation/random.h";
import emulationReductionCpp from "../../emit/cuda/emulation/reduction.cpp";
import emulationRegionCpp from "../../emit/cuda/emulation/region.cpp";
import emulationRegionH from "../../emit/cuda/emulation/region.h";
import emulationRendezvousCpp from "../../emit/cuda/emulation/rendezvous.cpp";
import emulationRendezvousH from "../../emit/cuda/emulation/rendezvous.h";
import emulationReportCpp from "../../emit/cuda/emulation/report.cpp";
import emulationReportH from "../../emit/cuda/emulation/report.h";
import emulationSchedulerCpp from "../../emit/cuda/emulation/scheduler.cpp";
import emulationSchedulerH from "../../emit/cuda/emulation/scheduler.h";
import emulationSettingsCpp from "../../emit/cuda/emulation/settings.cpp";
import emulationSettingsH from "../../emit/cuda/emulation/settings.h";
import emulationSiteCpp from "../../emit/cuda/emulation/site.cpp";
import emulationSiteH from "../../emit/cuda/emulation/site.h";
import emulationStandaloneCudaBf16H from "../../emit/cuda/emulation/standalone/cuda_bf16.h";
import emulationStandaloneCudaFp16H from "../../emit/cuda/emulation/standalone/cuda_fp16.h";
import emulationStandaloneCudaFp8H from "../../emit/cuda/emulation/standalone/cuda_fp8.h";
import emulationStandaloneCudaRuntimeH from "../../emit/cuda/emulation/standalone/cuda_runtime.h";
import emulationStandaloneCudaVectorTypesH from "../../emit/cuda/emulation/standalone/cuda_vector_types.h";
import emulationStandaloneNcclH from "../../emit/cuda/emulation/standalone/nccl.h";
import emulationStandaloneNvtx3NvToolsExtH from "../../emit/cuda/emulation/standalone/nvtx3/nvToolsExt.h";
import emulationStandaloneNvtx3NvToolsExtCudaRtH from "../../emit/cuda/emulation/standalone/nvtx3/nvToolsExtCudaRt.h";
import emulationStreamCpp from "../../emit/cuda/emulation/stream.cpp";
import emulationStreamH from "../../emit/cuda/emulation/stream.h";
import emulationSymbolCpp from "../../emit/cuda/emulation/symbol.cpp";
import emulationSymbolH from "../../emit/cuda/emulation/symbol.h";
import emulationTransferCpp from "../../emit/cuda/emulation/transfer.cpp";
import emulationTransferH from "../../emit/cuda/emulation/transfer.h";
import emulationTurnsCpp from "../../emit/cuda/emulation/turns.cpp";
import emulationTurnsH from "../../emit/cuda/emulation/turns.h";

interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What every emitted program has. */
export const fixedFiles: readonly TextFile[] = [
  { path: ".clang-format", text: folderClangFormat },
  { path: "CMakeLists.txt", text: folderCMakeListsTxt },
  { path: "launch/mpirun.sh", text: folderLaunchMpirunSh },
  { path: "launch/slurm.sh", text: folderLaunchSlurmSh },
  { path: "launch/torchrun.sh", text: folderLaunchTorchrunSh },
  { path: "main.cpp", text: folderMainCpp },
  { path: "runtime/arithmetic.h", text: runtimeArithmeticH },
  { path: "runtime/atoms.cpp", text: runtimeAtomsCpp },
  { path: "runtime/atoms.h", text: runtimeAtomsH },
  { path: "runtime/board.cpp", text: runtimeBoardCpp },
  { path: "runtime/board.h", text: runtimeBoardH },
  { path: "runtime/check.cpp", text: runtimeCheckCpp },
  { path: "runtime/check.h", text: runtimeCheckH },
  { path: "runtime/checkpoints.cpp", text: runtimeCheckpointsCpp },
  { path: "runtime/checkpoints.h", text: runtimeCheckpointsH },
  { path: "runtime/communicator.cpp", text: runtimeCommunicatorCpp },
  { path: "runtime/communicator.h", text: runtimeCommunicatorH },
  { path: "runtime/connection.cpp", text: runtimeConnectionCpp },
  { path: "runtime/connection.h", text: runtimeConnectionH },
  { path: "runtime/counts.cpp", text: runtimeCountsCpp },
  { path: "runtime/counts.h", text: runtimeCountsH },
  { path: "runtime/device.h", text: runtimeDeviceH },
  { path: "runtime/exchange.cpp", text: runtimeExchangeCpp },
  { path: "runtime/exchange.h", text: runtimeExchangeH },
  { path: "runtime/facts.cpp", text: runtimeFactsCpp },
  { path: "runtime/facts.h", text: runtimeFactsH },
  { path: "runtime/fence.cpp", text: runtimeFenceCpp },
  { path: "runtime/fence.h", text: runtimeFenceH },
  { path: "runtime/fill.cpp", text: runtimeFillCpp },
  { path: "runtime/fill.h", text: runtimeFillH },
  { path: "runtime/fill_kernels.cu", text: runtimeFillKernelsCu },
  { path: "runtime/fill_kernels.h", text: runtimeFillKernelsH },
  { path: "runtime/format.h", text: runtimeFormatH },
  { path: "runtime/gathering.cpp", text: runtimeGatheringCpp },
  { path: "runtime/gathering.h", text: runtimeGatheringH },
  { path: "runtime/graph.cpp", text: runtimeGraphCpp },
  { path: "runtime/graph.h", text: runtimeGraphH },
  { path: "runtime/launcher.cpp", text: runtimeLauncherCpp },
  { path: "runtime/launcher.h", text: runtimeLauncherH },
  { path: "runtime/launcher_mpi.cpp", text: runtimeLauncherMpiCpp },
  { path: "runtime/launcher_mpi.h", text: runtimeLauncherMpiH },
  { path: "runtime/launching.h", text: runtimeLaunchingH },
  { path: "runtime/layout.cpp", text: runtimeLayoutCpp },
  { path: "runtime/layout.h", text: runtimeLayoutH },
  { path: "runtime/meeting.cpp", text: runtimeMeetingCpp },
  { path: "runtime/meeting.h", text: runtimeMeetingH },
  { path: "runtime/meter.cpp", text: runtimeMeterCpp },
  { path: "runtime/meter.h", text: runtimeMeterH },
  { path: "runtime/noise.cpp", text: runtimeNoiseCpp },
  { path: "runtime/noise.h", text: runtimeNoiseH },
  { path: "runtime/nvtx.h", text: runtimeNvtxH },
  { path: "runtime/options.cpp", text: runtimeOptionsCpp },
  { path: "runtime/options.h", text: runtimeOptionsH },
  { path: "runtime/peers.cpp", text: runtimePeersCpp },
  { path: "runtime/peers.h", text: runtimePeersH },
  { path: "runtime/pinned.h", text: runtimePinnedH },
  { path: "runtime/rank.cpp", text: runtimeRankCpp },
  { path: "runtime/rank.h", text: runtimeRankH },
  { path: "runtime/reference.cpp", text: runtimeReferenceCpp },
  { path: "runtime/reference.h", text: runtimeReferenceH },
  { path: "runtime/reference_attention.cpp", text: runtimeReferenceAttentionCpp },
  { path: "runtime/reference_layer.cpp", text: runtimeReferenceLayerCpp },
  { path: "runtime/reference_layer.h", text: runtimeReferenceLayerH },
  { path: "runtime/reference_math.h", text: runtimeReferenceMathH },
  { path: "runtime/reference_ranking.cpp", text: runtimeReferenceRankingCpp },
  { path: "runtime/reference_ranking.h", text: runtimeReferenceRankingH },
  { path: "runtime/reference_route.cpp", text: runtimeReferenceRouteCpp },
  { path: "runtime/report.cpp", text: runtimeReportCpp },
  { path: "runtime/report.h", text: runtimeReportH },
  { path: "runtime/report_json.cpp", text: runtimeReportJsonCpp },
  { path: "runtime/run.cpp", text: runtimeRunCpp },
  { path: "runtime/run.h", text: runtimeRunH },
  { path: "runtime/run_rank.h", text: runtimeRunRankH },
  { path: "runtime/step_clock.cpp", text: runtimeStepClockCpp },
  { path: "runtime/step_clock.h", text: runtimeStepClockH },
  { path: "runtime/stream.cpp", text: runtimeStreamCpp },
  { path: "runtime/stream.h", text: runtimeStreamH },
  { path: "runtime/tcp_peers.cpp", text: runtimeTcpPeersCpp },
  { path: "runtime/tcp_peers.h", text: runtimeTcpPeersH },
  { path: "runtime/usage.cpp", text: runtimeUsageCpp },
  { path: "runtime/validate.cpp", text: runtimeValidateCpp },
  { path: "runtime/validate.h", text: runtimeValidateH },
  { path: "runtime/versions.cpp", text: runtimeVersionsCpp },
  { path: "runtime/versions.h", text: runtimeVersionsH },
  { path: "runtime/watch.cpp", text: runtimeWatchCpp },
  { path: "runtime/watch.h", text: runtimeWatchH },
  { path: "operators/add.cuh", text: operatorsAddAddCuh },
  { path: "operators/combine_reduce.cuh", text: operatorsCombineCombineReduceCuh },
  { path: "operators/combine_regroup.cuh", text: operatorsCombineCombineRegroupCuh },
  { path: "operators/combine_repack.cuh", text: operatorsCombineCombineRepackCuh },
  { path: "operators/operators.h", text: operatorsCudaOperatorsH },
  { path: "operators/views.h", text: operatorsCudaViewsH },
  { path: "operators/dispatch_assign.cuh", text: operatorsDispatchDispatchAssignCuh },
  { path: "operators/dispatch_assign_capacity.cuh", text: operatorsDispatchDispatchAssignCapacityCuh },
  { path: "operators/dispatch_find_copies.cuh", text: operatorsDispatchDispatchFindCopiesCuh },
  { path: "operators/dispatch_forward.cuh", text: operatorsDispatchDispatchForwardCuh },
  { path: "operators/dispatch_pack.cuh", text: operatorsDispatchDispatchPackCuh },
  { path: "operators/dispatch_pack_copies.cuh", text: operatorsDispatchDispatchPackCopiesCuh },
  { path: "operators/dispatch_unpack.cuh", text: operatorsDispatchDispatchUnpackCuh },
  { path: "operators/embedding.cuh", text: operatorsEmbeddingEmbeddingCuh },
  { path: "operators/gqa_cache.cuh", text: operatorsGqaGqaCacheCuh },
  { path: "operators/arithmetic.cuh", text: operatorsKernelsArithmeticCuh },
  { path: "operators/atom_order.cuh", text: operatorsKernelsAtomOrderCuh },
  { path: "operators/attention.cuh", text: operatorsKernelsAttentionCuh },
  { path: "operators/attention_shape.cuh", text: operatorsKernelsAttentionShapeCuh },
  { path: "operators/copy_format.cuh", text: operatorsKernelsCopyFormatCuh },
  { path: "operators/cublas.cuh", text: operatorsKernelsCublasCuh },
  { path: "operators/gemm.cuh", text: operatorsKernelsGemmCuh },
  { path: "operators/matmul.cuh", text: operatorsKernelsMatmulCuh },
  { path: "operators/matrix_view.cuh", text: operatorsKernelsMatrixViewCuh },
  { path: "operators/move_rows.cuh", text: operatorsKernelsMoveRowsCuh },
  { path: "operators/node_rows.cuh", text: operatorsKernelsNodeRowsCuh },
  { path: "operators/pair_counts.cuh", text: operatorsKernelsPairCountsCuh },
  { path: "operators/panel.cuh", text: operatorsKernelsPanelCuh },
  { path: "operators/quad.cuh", text: operatorsKernelsQuadCuh },
  { path: "operators/relay.cuh", text: operatorsKernelsRelayCuh },
  { path: "operators/rope.cuh", text: operatorsKernelsRopeCuh },
  { path: "operators/segments.cuh", text: operatorsKernelsSegmentsCuh },
  { path: "operators/write_row.cuh", text: operatorsKernelsWriteRowCuh },
  { path: "operators/mla_cache.cuh", text: operatorsMlaMlaCacheCuh },
  { path: "operators/mla_heads.cuh", text: operatorsMlaMlaHeadsCuh },
  { path: "operators/mla_query.cuh", text: operatorsMlaMlaQueryCuh },
  { path: "operators/norm.cuh", text: operatorsNormNormCuh },
  { path: "operators/route_select.cuh", text: operatorsRouteRouteSelectCuh },
  { path: "operators/swiglu.cuh", text: operatorsSwigluSwigluCuh },
];

/** What executes one on a CPU. */
export const emulationFiles: readonly TextFile[] = [
  { path: "CMakeLists.txt", text: emulationCMakeListsTxt },
  { path: "emulation/api.cpp", text: emulationApiCpp },
  { path: "emulation/api.h", text: emulationApiH },
  { path: "emulation/atomics.cpp", text: emulationAtomicsCpp },
  { path: "emulation/blocks.cpp", text: emulationBlocksCpp },
  { path: "emulation/blocks.h", text: emulationBlocksH },
  { path: "emulation/capture.cpp", text: emulationCaptureCpp },
  { path: "emulation/capture.h", text: emulationCaptureH },
  { path: "emulation/clique.h", text: emulationCliqueH },
  { path: "emulation/clock.h", text: emulationClockH },
  { path: "emulation/communicator.cpp", text: emulationCommunicatorCpp },
  { path: "emulation/copy.cpp", text: emulationCopyCpp },
  { path: "emulation/deadlock.cpp", text: emulationDeadlockCpp },
  { path: "emulation/deadlock.h", text: emulationDeadlockH },
  { path: "emulation/detector.cpp", text: emulationDetectorCpp },
  { path: "emulation/detector.h", text: emulationDetectorH },
  { path: "emulation/device.cpp", text: emulationDeviceCpp },
  { path: "emulation/device.h", text: emulationDeviceH },
  { path: "emulation/event.cpp", text: emulationEventCpp },
  { path: "emulation/fiber.cpp", text: emulationFiberCpp },
  { path: "emulation/fiber.h", text: emulationFiberH },
  { path: "emulation/group.cpp", text: emulationGroupCpp },
  { path: "emulation/host.cpp", text: emulationHostCpp },
  { path: "emulation/host.h", text: emulationHostH },
  { path: "emulation/instrumentation.cpp", text: emulationInstrumentationCpp },
  { path: "emulation/intercepts.cpp", text: emulationInterceptsCpp },
  { path: "emulation/kernel.cpp", text: emulationKernelCpp },
  { path: "emulation/launch.h", text: emulationLaunchH },
  { path: "emulation/leaving.cpp", text: emulationLeavingCpp },
  { path: "emulation/leaving.h", text: emulationLeavingH },
  { path: "emulation/machine.cpp", text: emulationMachineCpp },
  { path: "emulation/machine.h", text: emulationMachineH },
  { path: "emulation/main.cpp", text: emulationMainCpp },
  { path: "emulation/marks.h", text: emulationMarksH },
  { path: "emulation/meeting.cpp", text: emulationMeetingCpp },
  { path: "emulation/memory.cpp", text: emulationMemoryCpp },
  { path: "emulation/memory.h", text: emulationMemoryH },
  { path: "emulation/nvtx.cpp", text: emulationNvtxCpp },
  { path: "emulation/operation.cpp", text: emulationOperationCpp },
  { path: "emulation/operation.h", text: emulationOperationH },
  { path: "emulation/random.h", text: emulationRandomH },
  { path: "emulation/reduction.cpp", text: emulationReductionCpp },
  { path: "emulation/region.cpp", text: emulationRegionCpp },
  { path: "emulation/region.h", text: emulationRegionH },
  { path: "emulation/rendezvous.cpp", text: emulationRendezvousCpp },
  { path: "emulation/rendezvous.h", text: emulationRendezvousH },
  { path: "emulation/report.cpp", text: emulationReportCpp },
  { path: "emulation/report.h", text: emulationReportH },
  { path: "emulation/scheduler.cpp", text: emulationSchedulerCpp },
  { path: "emulation/scheduler.h", text: emulationSchedulerH },
  { path: "emulation/settings.cpp", text: emulationSettingsCpp },
  { path: "emulation/settings.h", text: emulationSettingsH },
  { path: "emulation/site.cpp", text: emulationSiteCpp },
  { path: "emulation/site.h", text: emulationSiteH },
  { path: "emulation/standalone/cuda_bf16.h", text: emulationStandaloneCudaBf16H },
  { path: "emulation/standalone/cuda_fp16.h", text: emulationStandaloneCudaFp16H },
  { path: "emulation/standalone/cuda_fp8.h", text: emulationStandaloneCudaFp8H },
  { path: "emulation/standalone/cuda_runtime.h", text: emulationStandaloneCudaRuntimeH },
  { path: "emulation/standalone/cuda_vector_types.h", text: emulationStandaloneCudaVectorTypesH },
  { path: "emulation/standalone/nccl.h", text: emulationStandaloneNcclH },
  { path: "emulation/standalone/nvtx3/nvToolsExt.h", text: emulationStandaloneNvtx3NvToolsExtH },
  { path: "emulation/standalone/nvtx3/nvToolsExtCudaRt.h", text: emulationStandaloneNvtx3NvToolsExtCudaRtH },
  { path: "emulation/stream.cpp", text: emulationStreamCpp },
  { path: "emulation/stream.h", text: emulationStreamH },
  { path: "emulation/symbol.cpp", text: emulationSymbolCpp },
  { path: "emulation/symbol.h", text: emulationSymbolH },
  { path: "emulation/transfer.cpp", text: emulationTransferCpp },
  { path: "emulation/transfer.h", text: emulationTransferH },
  { path: "emulation/turns.cpp", text: emulationTurnsCpp },
  { path: "emulation/turns.h", text: emulationTurnsH },
];
