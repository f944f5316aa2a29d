// Generated from pages/*.md by `npm run generate`. Do not edit.
import type { Code } from "./codes.js";
import absoluteImport from "./pages/absolute-import.md";
import algorithmNotApplicable from "./pages/algorithm-not-applicable.md";
import argumentWithoutName from "./pages/argument-without-name.md";
import binaryFile from "./pages/binary-file.md";
import blockInputCount from "./pages/block-input-count.md";
import blockResult from "./pages/block-result.md";
import boundBelowExpected from "./pages/bound-below-expected.md";
import boundBelowTraffic from "./pages/bound-below-traffic.md";
import compressedFile from "./pages/compressed-file.md";
import constraintNotMet from "./pages/constraint-not-met.md";
import constraintsNotKept from "./pages/constraints-not-kept.md";
import cpuInstead from "./pages/cpu-instead.md";
import doesNotDivide from "./pages/does-not-divide.md";
import doesNotFitMemory from "./pages/does-not-fit-memory.md";
import duplicateName from "./pages/duplicate-name.md";
import duplicateOverride from "./pages/duplicate-override.md";
import emptyFile from "./pages/empty-file.md";
import exchangeNotAllowed from "./pages/exchange-not-allowed.md";
import fileTooLarge from "./pages/file-too-large.md";
import gateMismatch from "./pages/gate-mismatch.md";
import importCycle from "./pages/import-cycle.md";
import impossiblePlacement from "./pages/impossible-placement.md";
import incompatibleUnits from "./pages/incompatible-units.md";
import incompleteCluster from "./pages/incomplete-cluster.md";
import largerThanCluster from "./pages/larger-than-cluster.md";
import layerMismatch from "./pages/layer-mismatch.md";
import limitNotMet from "./pages/limit-not-met.md";
import malformedConstraints from "./pages/malformed-constraints.md";
import malformedLimit from "./pages/malformed-limit.md";
import malformedNumber from "./pages/malformed-number.md";
import malformedOverride from "./pages/malformed-override.md";
import malformedPlacementInput from "./pages/malformed-placement-input.md";
import malformedProfile from "./pages/malformed-profile.md";
import malformedTraffic from "./pages/malformed-traffic.md";
import measuredLoads from "./pages/measured-loads.md";
import misplacedItem from "./pages/misplaced-item.md";
import misplacedReturn from "./pages/misplaced-return.md";
import missingAttribute from "./pages/missing-attribute.md";
import missingComma from "./pages/missing-comma.md";
import missingField from "./pages/missing-field.md";
import missingFile from "./pages/missing-file.md";
import missingLayers from "./pages/missing-layers.md";
import missingNewline from "./pages/missing-newline.md";
import missingReturn from "./pages/missing-return.md";
import missingSetting from "./pages/missing-setting.md";
import missingValue from "./pages/missing-value.md";
import mixedRouted from "./pages/mixed-routed.md";
import nestingTooDeep from "./pages/nesting-too-deep.md";
import noCompiler from "./pages/no-compiler.md";
import noSchedule from "./pages/no-schedule.md";
import noSuchExperts from "./pages/no-such-experts.md";
import noWebgpu from "./pages/no-webgpu.md";
import notAFile from "./pages/not-a-file.md";
import notAFiniteNumber from "./pages/not-a-finite-number.md";
import notATensor from "./pages/not-a-tensor.md";
import notEmittable from "./pages/not-emittable.md";
import notEmittableExchange from "./pages/not-emittable-exchange.md";
import notEmittablePlacement from "./pages/not-emittable-placement.md";
import notInMode from "./pages/not-in-mode.md";
import notOneDeclaration from "./pages/not-one-declaration.md";
import notTokenWise from "./pages/not-token-wise.md";
import outOfRange from "./pages/out-of-range.md";
import overCapacity from "./pages/over-capacity.md";
import placementNotPossible from "./pages/placement-not-possible.md";
import planForeign from "./pages/plan-foreign.md";
import planInconsistent from "./pages/plan-inconsistent.md";
import planMalformed from "./pages/plan-malformed.md";
import planNotJson from "./pages/plan-not-json.md";
import planRefuted from "./pages/plan-refuted.md";
import precisionNotAllowed from "./pages/precision-not-allowed.md";
import profileOfOtherMachine from "./pages/profile-of-other-machine.md";
import railWithoutTierBelow from "./pages/rail-without-tier-below.md";
import recursiveBlock from "./pages/recursive-block.md";
import requirementNotMet from "./pages/requirement-not-met.md";
import reservedName from "./pages/reserved-name.md";
import scheduleNotChosen from "./pages/schedule-not-chosen.md";
import shapeMismatch from "./pages/shape-mismatch.md";
import sharingWithoutTierBelow from "./pages/sharing-without-tier-below.md";
import slotsOutOfRange from "./pages/slots-out-of-range.md";
import tooFewExperts from "./pages/too-few-experts.md";
import tooLargeForExact from "./pages/too-large-for-exact.md";
import tooManyRanks from "./pages/too-many-ranks.md";
import trafficNotOfCluster from "./pages/traffic-not-of-cluster.md";
import unclosedBracket from "./pages/unclosed-bracket.md";
import unexpectedCharacter from "./pages/unexpected-character.md";
import unexpectedToken from "./pages/unexpected-token.md";
import unknownAlgorithm from "./pages/unknown-algorithm.md";
import unknownAttribute from "./pages/unknown-attribute.md";
import unknownChoice from "./pages/unknown-choice.md";
import unknownCode from "./pages/unknown-code.md";
import unknownDeclaration from "./pages/unknown-declaration.md";
import unknownEscape from "./pages/unknown-escape.md";
import unknownField from "./pages/unknown-field.md";
import unknownLibrary from "./pages/unknown-library.md";
import unknownLimit from "./pages/unknown-limit.md";
import unknownMeasuredOperator from "./pages/unknown-measured-operator.md";
import unknownOperator from "./pages/unknown-operator.md";
import unknownOverride from "./pages/unknown-override.md";
import unknownParameter from "./pages/unknown-parameter.md";
import unknownSchedule from "./pages/unknown-schedule.md";
import unknownSetting from "./pages/unknown-setting.md";
import unknownTarget from "./pages/unknown-target.md";
import unknownUnit from "./pages/unknown-unit.md";
import unknownVariable from "./pages/unknown-variable.md";
import unmatchedBracket from "./pages/unmatched-bracket.md";
import unreadableFile from "./pages/unreadable-file.md";
import unsupported from "./pages/unsupported.md";
import unterminatedComment from "./pages/unterminated-comment.md";
import unterminatedString from "./pages/unterminated-string.md";
import unusedBlock from "./pages/unused-block.md";
import unusedOverride from "./pages/unused-override.md";
import unusedParameter from "./pages/unused-parameter.md";
import unusedVariable from "./pages/unused-variable.md";
import unwritableOutput from "./pages/unwritable-output.md";
import worstCaseDoesNotFit from "./pages/worst-case-does-not-fit.md";
import wrongArguments from "./pages/wrong-arguments.md";
import wrongInputCount from "./pages/wrong-input-count.md";
import wrongInputKind from "./pages/wrong-input-kind.md";
import wrongLayer from "./pages/wrong-layer.md";
import wrongRequirement from "./pages/wrong-requirement.md";
import wrongUnit from "./pages/wrong-unit.md";
import wrongValue from "./pages/wrong-value.md";

/** What `weft explain CODE` prints, in Markdown. */
export const pages: Readonly<Record<Code, string>> = {
  "absolute-import": absoluteImport,
  "algorithm-not-applicable": algorithmNotApplicable,
  "argument-without-name": argumentWithoutName,
  "binary-file": binaryFile,
  "block-input-count": blockInputCount,
  "block-result": blockResult,
  "bound-below-expected": boundBelowExpected,
  "bound-below-traffic": boundBelowTraffic,
  "compressed-file": compressedFile,
  "constraint-not-met": constraintNotMet,
  "constraints-not-kept": constraintsNotKept,
  "cpu-instead": cpuInstead,
  "does-not-divide": doesNotDivide,
  "does-not-fit-memory": doesNotFitMemory,
  "duplicate-name": duplicateName,
  "duplicate-override": duplicateOverride,
  "empty-file": emptyFile,
  "exchange-not-allowed": exchangeNotAllowed,
  "file-too-large": fileTooLarge,
  "gate-mismatch": gateMismatch,
  "import-cycle": importCycle,
  "impossible-placement": impossiblePlacement,
  "incompatible-units": incompatibleUnits,
  "incomplete-cluster": incompleteCluster,
  "larger-than-cluster": largerThanCluster,
  "layer-mismatch": layerMismatch,
  "limit-not-met": limitNotMet,
  "malformed-constraints": malformedConstraints,
  "malformed-limit": malformedLimit,
  "malformed-number": malformedNumber,
  "malformed-override": malformedOverride,
  "malformed-placement-input": malformedPlacementInput,
  "malformed-profile": malformedProfile,
  "malformed-traffic": malformedTraffic,
  "measured-loads": measuredLoads,
  "misplaced-item": misplacedItem,
  "misplaced-return": misplacedReturn,
  "missing-attribute": missingAttribute,
  "missing-comma": missingComma,
  "missing-field": missingField,
  "missing-file": missingFile,
  "missing-layers": missingLayers,
  "missing-newline": missingNewline,
  "missing-return": missingReturn,
  "missing-setting": missingSetting,
  "missing-value": missingValue,
  "mixed-routed": mixedRouted,
  "nesting-too-deep": nestingTooDeep,
  "no-compiler": noCompiler,
  "no-schedule": noSchedule,
  "no-such-experts": noSuchExperts,
  "no-webgpu": noWebgpu,
  "not-a-file": notAFile,
  "not-a-finite-number": notAFiniteNumber,
  "not-a-tensor": notATensor,
  "not-emittable": notEmittable,
  "not-emittable-exchange": notEmittableExchange,
  "not-emittable-placement": notEmittablePlacement,
  "not-in-mode": notInMode,
  "not-one-declaration": notOneDeclaration,
  "not-token-wise": notTokenWise,
  "out-of-range": outOfRange,
  "over-capacity": overCapacity,
  "placement-not-possible": placementNotPossible,
  "plan-foreign": planForeign,
  "plan-inconsistent": planInconsistent,
  "plan-malformed": planMalformed,
  "plan-not-json": planNotJson,
  "plan-refuted": planRefuted,
  "precision-not-allowed": precisionNotAllowed,
  "profile-of-other-machine": profileOfOtherMachine,
  "rail-without-tier-below": railWithoutTierBelow,
  "recursive-block": recursiveBlock,
  "requirement-not-met": requirementNotMet,
  "reserved-name": reservedName,
  "schedule-not-chosen": scheduleNotChosen,
  "shape-mismatch": shapeMismatch,
  "sharing-without-tier-below": sharingWithoutTierBelow,
  "slots-out-of-range": slotsOutOfRange,
  "too-few-experts": tooFewExperts,
  "too-large-for-exact": tooLargeForExact,
  "too-many-ranks": tooManyRanks,
  "traffic-not-of-cluster": trafficNotOfCluster,
  "unclosed-bracket": unclosedBracket,
  "unexpected-character": unexpectedCharacter,
  "unexpected-token": unexpectedToken,
  "unknown-algorithm": unknownAlgorithm,
  "unknown-attribute": unknownAttribute,
  "unknown-choice": unknownChoice,
  "unknown-code": unknownCode,
  "unknown-declaration": unknownDeclaration,
  "unknown-escape": unknownEscape,
  "unknown-field": unknownField,
  "unknown-library": unknownLibrary,
  "unknown-limit": unknownLimit,
  "unknown-measured-operator": unknownMeasuredOperator,
  "unknown-operator": unknownOperator,
  "unknown-override": unknownOverride,
  "unknown-parameter": unknownParameter,
  "unknown-schedule": unknownSchedule,
  "unknown-setting": unknownSetting,
  "unknown-target": unknownTarget,
  "unknown-unit": unknownUnit,
  "unknown-variable": unknownVariable,
  "unmatched-bracket": unmatchedBracket,
  "unreadable-file": unreadableFile,
  "unsupported": unsupported,
  "unterminated-comment": unterminatedComment,
  "unterminated-string": unterminatedString,
  "unused-block": unusedBlock,
  "unused-override": unusedOverride,
  "unused-parameter": unusedParameter,
  "unused-variable": unusedVariable,
  "unwritable-output": unwritableOutput,
  "worst-case-does-not-fit": worstCaseDoesNotFit,
  "wrong-arguments": wrongArguments,
  "wrong-input-count": wrongInputCount,
  "wrong-input-kind": wrongInputKind,
  "wrong-layer": wrongLayer,
  "wrong-requirement": wrongRequirement,
  "wrong-unit": wrongUnit,
  "wrong-value": wrongValue,
};
