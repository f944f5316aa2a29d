// @ts-nocheck
// Generated from schema.json by `npm run generate`. Do not edit.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate21;
var stdin_default = validate21;
var schema6 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "weft:plan/1", "title": "LaunchPlan", "type": "object", "additionalProperties": false, "required": ["format", "generator", "schedule", "dimensions", "precisions", "model", "operators", "routing", "machine", "world", "groups", "placements", "exchanges", "memory", "cells", "roles", "sources"], "properties": { "format": { "const": "weft.plan/1" }, "generator": { "type": "string" }, "schedule": { "$ref": "#/definitions/ScheduleInfo" }, "dimensions": { "type": "array", "items": { "$ref": "#/definitions/Dimension" } }, "precisions": { "type": "array", "items": { "$ref": "#/definitions/Precision" } }, "model": { "$ref": "#/definitions/Model" }, "operators": { "type": "array", "items": { "$ref": "#/definitions/Operator" } }, "routing": { "type": "array", "items": { "$ref": "#/definitions/Routing" } }, "machine": { "$ref": "#/definitions/Machine" }, "measured": { "$ref": "#/definitions/Measured" }, "world": { "type": "integer", "minimum": 1 }, "groups": { "type": "array", "items": { "$ref": "#/definitions/Group" } }, "placements": { "type": "array", "items": { "$ref": "#/definitions/Placement" } }, "exchanges": { "type": "array", "items": { "$ref": "#/definitions/Exchange" } }, "memory": { "$ref": "#/definitions/Memory" }, "cells": { "type": "array", "items": { "$ref": "#/definitions/Cell" } }, "roles": { "type": "array", "items": { "$ref": "#/definitions/Role" } }, "sources": { "type": "array", "items": { "$ref": "#/definitions/SourceText" } }, "why": { "$ref": "#/definitions/Why" } }, "definitions": { "Expr": { "title": "Expr", "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }, { "type": "array", "items": [{ "$ref": "#/definitions/ExprOperator" }, { "$ref": "#/definitions/Expr" }], "additionalItems": { "$ref": "#/definitions/Expr" }, "minItems": 2 }] }, "ExprOperator": { "title": "ExprOperator", "type": "string", "enum": ["+", "-", "*", "/", "ceil_div", "%", "min", "max", "align"] }, "Sized": { "title": "Sized", "type": "object", "additionalProperties": false, "required": ["expr", "value"], "properties": { "expr": { "$ref": "#/definitions/Expr" }, "value": { "type": "number" } } }, "Span": { "title": "Span", "type": "array", "items": [{ "type": "integer", "minimum": 0 }, { "type": "integer", "minimum": 0 }, { "type": "integer", "minimum": 0 }], "additionalItems": false, "minItems": 3, "maxItems": 3 }, "SourceText": { "title": "SourceText", "type": "object", "additionalProperties": false, "required": ["uri", "text"], "properties": { "uri": { "type": "string" }, "text": { "type": "string" } } }, "ScheduleInfo": { "title": "ScheduleInfo", "type": "object", "additionalProperties": false, "required": ["name", "mode", "micro_batches", "span"], "properties": { "name": { "type": "string" }, "mode": { "type": "string", "enum": ["prefill", "decode"] }, "micro_batches": { "type": "integer", "minimum": 1 }, "span": { "$ref": "#/definitions/Span" } } }, "DimensionKind": { "title": "DimensionKind", "type": "string", "enum": ["width", "heads", "experts", "top_k", "groups", "sequences", "length", "context", "vocab", "layers", "slots", "bound", "dtype_bytes", "derived", "fixed"] }, "Dimension": { "title": "Dimension", "type": "object", "additionalProperties": false, "required": ["name", "kind", "value"], "properties": { "name": { "type": "string", "minLength": 1 }, "kind": { "$ref": "#/definitions/DimensionKind" }, "value": { "type": "integer", "minimum": 0 }, "expr": { "$ref": "#/definitions/Expr" } } }, "Dtype": { "title": "Dtype", "type": "string", "enum": ["f32", "bf16", "fp16", "fp8", "u32"] }, "PrecisionClass": { "title": "PrecisionClass", "type": "string", "enum": ["weights", "activations", "dispatch", "combine", "cache", "gate", "index"] }, "Precision": { "title": "Precision", "type": "object", "additionalProperties": false, "required": ["class", "dtype", "bytes", "scale_bytes"], "properties": { "class": { "$ref": "#/definitions/PrecisionClass" }, "dtype": { "$ref": "#/definitions/Dtype" }, "bytes": { "type": "string" }, "scale_bytes": { "type": "string" } } }, "Model": { "title": "Model", "type": "object", "additionalProperties": false, "required": ["name", "blocks", "layers", "span"], "properties": { "name": { "type": "string" }, "blocks": { "type": "array", "items": { "$ref": "#/definitions/Block" } }, "layers": { "type": "array", "items": { "$ref": "#/definitions/LayerRun" }, "minItems": 1 }, "span": { "$ref": "#/definitions/Span" } } }, "LayerRun": { "title": "LayerRun", "type": "object", "additionalProperties": false, "required": ["block", "first", "repeat", "span"], "properties": { "block": { "type": "string" }, "first": { "type": "integer", "minimum": 0 }, "repeat": { "type": "integer", "minimum": 1 }, "span": { "$ref": "#/definitions/Span" } } }, "Block": { "title": "Block", "type": "object", "additionalProperties": false, "required": ["name", "input", "nodes", "result", "span"], "properties": { "name": { "type": "string" }, "input": { "$ref": "#/definitions/BlockInput" }, "nodes": { "type": "array", "items": { "$ref": "#/definitions/Node" } }, "result": { "type": "string" }, "span": { "$ref": "#/definitions/Span" } } }, "BlockInput": { "title": "BlockInput", "type": "object", "additionalProperties": false, "required": ["name", "type"], "properties": { "name": { "type": "string" }, "type": { "$ref": "#/definitions/TensorType" } } }, "TensorType": { "title": "TensorType", "type": "object", "additionalProperties": false, "required": ["kind", "shape"], "properties": { "kind": { "type": "string", "enum": ["ids", "tokens", "gate", "routed"] }, "shape": { "type": "array", "items": { "$ref": "#/definitions/Expr" } }, "gate": { "type": "string" } } }, "Node": { "title": "Node", "type": "object", "additionalProperties": false, "required": ["id", "op", "inputs", "dims", "options", "output", "span"], "properties": { "id": { "type": "string", "minLength": 1 }, "op": { "type": "string" }, "inputs": { "type": "array", "items": { "type": "string" } }, "dims": { "type": "object", "additionalProperties": { "$ref": "#/definitions/Expr" } }, "options": { "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }, "output": { "$ref": "#/definitions/TensorType" }, "span": { "$ref": "#/definitions/Span" } } }, "Operator": { "title": "Operator", "type": "object", "additionalProperties": false, "required": ["name", "parts"], "properties": { "name": { "type": "string", "minLength": 1 }, "parts": { "type": "array", "items": { "$ref": "#/definitions/OperatorPart" } } } }, "OperatorPart": { "title": "OperatorPart", "type": "object", "additionalProperties": false, "required": ["name", "operands"], "properties": { "name": { "type": "string", "minLength": 1 }, "operands": { "type": "array", "items": { "$ref": "#/definitions/PartOperand" } } } }, "PartOperand": { "title": "PartOperand", "type": "object", "additionalProperties": false, "required": ["name", "access", "role"], "properties": { "name": { "type": "string", "minLength": 1 }, "access": { "type": "string", "enum": ["read", "write", "update"] }, "role": { "$ref": "#/definitions/OperandRole" }, "lifted_only": { "const": true } } }, "OperandRole": { "title": "OperandRole", "type": "object", "additionalProperties": false, "required": ["kind"], "properties": { "kind": { "type": "string", "enum": ["input", "output", "weight", "state", "temporary", "segments", "exchange"] }, "port": { "type": "integer", "minimum": 0 }, "field": { "type": "string", "enum": ["experts", "weights"] }, "name": { "type": "string" } } }, "Routing": { "title": "Routing", "type": "object", "additionalProperties": false, "required": ["block", "gate", "distribution", "loads"], "properties": { "block": { "type": "string" }, "gate": { "type": "string" }, "distribution": { "type": "string" }, "loads": { "type": "array", "items": { "type": "array", "items": { "type": "number", "minimum": 0 } } } } }, "Machine": { "title": "Machine", "type": "object", "additionalProperties": false, "required": ["name", "gpus", "gpu", "tiers", "span"], "properties": { "name": { "type": "string" }, "gpus": { "type": "integer", "minimum": 1 }, "gpu": { "$ref": "#/definitions/Gpu" }, "tiers": { "type": "array", "items": { "$ref": "#/definitions/Tier" } }, "span": { "$ref": "#/definitions/Span" } } }, "Gpu": { "title": "Gpu", "type": "object", "additionalProperties": false, "required": ["memory_bytes", "memory_bandwidth_bytes_per_s", "sms", "peak_flops"], "properties": { "memory_bytes": { "type": "number", "minimum": 0 }, "memory_bandwidth_bytes_per_s": { "type": "number", "minimum": 0 }, "sms": { "type": "integer", "minimum": 1 }, "peak_flops": { "type": "object", "additionalProperties": { "type": "number", "minimum": 0 } }, "calibration": { "type": "object", "additionalProperties": { "type": "number", "minimum": 0 } } } }, "Tier": { "title": "Tier", "type": "object", "additionalProperties": false, "required": ["name", "kind", "joins", "bandwidth_bytes_per_s", "efficiency", "latency_us", "message_gap_us", "span"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["switch", "rail"] }, "joins": { "type": "integer", "minimum": 1 }, "bandwidth_bytes_per_s": { "type": "number", "minimum": 0 }, "efficiency": { "type": "number", "minimum": 0, "maximum": 1 }, "latency_us": { "type": "number", "minimum": 0 }, "message_gap_us": { "type": "number", "minimum": 0 }, "nics": { "type": "integer", "minimum": 1 }, "oversubscription": { "type": "number", "minimum": 1 }, "span": { "$ref": "#/definitions/Span" } } }, "Measured": { "title": "Measured", "type": "object", "additionalProperties": false, "required": ["files", "times"], "properties": { "files": { "type": "array", "items": { "$ref": "#/definitions/MeasuredFile" } }, "times": { "type": "array", "items": { "$ref": "#/definitions/MeasuredTime" } } } }, "MeasuredFile": { "title": "MeasuredFile", "type": "object", "additionalProperties": false, "required": ["path", "kind", "span"], "properties": { "path": { "type": "string" }, "kind": { "type": "string", "enum": ["profile", "trace"] }, "machine": { "type": "string" }, "span": { "$ref": "#/definitions/Span" } } }, "MeasuredTime": { "title": "MeasuredTime", "type": "object", "additionalProperties": false, "required": ["operator", "file", "samples"], "properties": { "operator": { "type": "string", "minLength": 1 }, "part": { "type": "string" }, "dtype": { "$ref": "#/definitions/Dtype" }, "m": { "type": "number", "exclusiveMinimum": 0 }, "n": { "type": "number", "exclusiveMinimum": 0 }, "k": { "type": "number", "exclusiveMinimum": 0 }, "groups": { "type": "number", "exclusiveMinimum": 0 }, "rows": { "type": "number", "exclusiveMinimum": 0 }, "tokens": { "type": "number", "exclusiveMinimum": 0 }, "hidden": { "type": "number", "exclusiveMinimum": 0 }, "ranks": { "type": "number", "exclusiveMinimum": 0 }, "algorithm": { "type": "string" }, "sms": { "type": "number", "exclusiveMinimum": 0 }, "sms_assumed": { "type": "boolean", "const": true }, "time_us": { "type": "number", "minimum": 1e-3, "maximum": 1e12 }, "scale": { "type": "number", "minimum": 1e-6, "maximum": 1e6 }, "samples": { "type": "integer", "minimum": 1 }, "file": { "type": "integer", "minimum": 0 } } }, "Group": { "title": "Group", "type": "object", "additionalProperties": false, "required": ["name", "size", "instances", "sms"], "properties": { "name": { "type": "string" }, "size": { "type": "integer", "minimum": 1 }, "instances": { "type": "array", "items": { "type": "array", "items": { "type": "integer", "minimum": 0 } } }, "sms": { "type": "integer", "minimum": 0 } } }, "Placement": { "title": "Placement", "type": "object", "additionalProperties": false, "required": ["name", "block", "gate", "experts", "slots", "slot_begin", "layers"], "properties": { "name": { "type": "string" }, "block": { "type": "string" }, "gate": { "type": "string" }, "experts": { "type": "integer", "minimum": 1 }, "slots": { "type": "integer", "minimum": 1 }, "slot_begin": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "layers": { "type": "array", "items": { "$ref": "#/definitions/LayerPlacement" } } } }, "LayerPlacement": { "title": "LayerPlacement", "type": "object", "additionalProperties": false, "required": ["expert_of_slot", "replica_begin", "replica_slot"], "properties": { "expert_of_slot": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "replica_begin": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "replica_slot": { "type": "array", "items": { "type": "integer", "minimum": 0 } } } }, "Exchange": { "title": "Exchange", "type": "object", "additionalProperties": false, "required": ["name", "block", "gate", "dispatch", "combine", "placement", "group", "transport", "algorithm", "tokens", "mean_rows", "capacity_rows", "layouts", "phases"], "properties": { "name": { "type": "string" }, "block": { "type": "string" }, "gate": { "type": "string" }, "dispatch": { "type": "string" }, "combine": { "type": "string" }, "placement": { "type": "string" }, "group": { "type": "string" }, "ranks_per_node": { "type": "integer", "minimum": 1 }, "partial_sums": { "type": "boolean" }, "transport": { "type": "string", "enum": ["nccl", "deepep"] }, "algorithm": { "type": "string" }, "tokens": { "$ref": "#/definitions/TokenPolicy" }, "atom_rows": { "$ref": "#/definitions/Sized" }, "mean_rows": { "$ref": "#/definitions/Sized" }, "most_copies": { "$ref": "#/definitions/Sized" }, "capacity_rows": { "$ref": "#/definitions/Sized" }, "chunks": { "type": "array", "items": { "$ref": "#/definitions/SlotRange" } }, "layouts": { "type": "array", "items": { "$ref": "#/definitions/AtomLayout" } }, "phases": { "type": "array", "items": { "$ref": "#/definitions/Phase" } } } }, "TokenPolicy": { "title": "TokenPolicy", "type": "object", "additionalProperties": false, "required": ["policy"], "properties": { "policy": { "type": "string", "enum": ["dropless", "capacity"] }, "factor": { "type": "number", "exclusiveMinimum": 0 }, "bound": { "type": "number", "minimum": 1 }, "overflow": { "type": "string", "enum": ["abort", "rounds"] } } }, "AtomLayout": { "title": "AtomLayout", "type": "object", "additionalProperties": false, "required": ["name", "holds", "order"], "properties": { "name": { "type": "string" }, "holds": { "$ref": "#/definitions/AtomSet" }, "order": { "type": "array", "items": { "type": "string", "enum": ["slot", "host", "source", "rail", "node"] }, "minItems": 2, "maxItems": 3 }, "copies": { "type": "string", "enum": ["only", "too"] } } }, "Ranks": { "title": "Ranks", "anyOf": [{ "$ref": "#/definitions/Expr" }, { "$ref": "#/definitions/RankRange" }] }, "RankRange": { "title": "RankRange", "type": "object", "additionalProperties": false, "required": ["first", "step", "count"], "properties": { "first": { "$ref": "#/definitions/Expr" }, "step": { "type": "integer", "minimum": 1 }, "count": { "type": "integer", "minimum": 1 } } }, "SlotRange": { "title": "SlotRange", "type": "object", "additionalProperties": false, "required": ["first", "count"], "properties": { "first": { "type": "integer", "minimum": 0 }, "count": { "type": "integer", "minimum": 1 } } }, "AtomSet": { "title": "AtomSet", "type": "object", "additionalProperties": false, "required": ["source", "host"], "properties": { "source": { "$ref": "#/definitions/Ranks" }, "host": { "$ref": "#/definitions/Ranks" }, "slot": { "$ref": "#/definitions/Expr" }, "slots": { "$ref": "#/definitions/SlotRange" } } }, "Phase": { "title": "Phase", "type": "object", "additionalProperties": false, "required": ["name", "carries", "steps"], "properties": { "name": { "type": "string" }, "carries": { "type": "string", "enum": ["counts", "rows", "copies"] }, "group": { "type": "string" }, "steps": { "type": "array", "items": { "$ref": "#/definitions/Step" } } } }, "Step": { "title": "Step", "type": "object", "additionalProperties": false, "required": ["to", "from", "send", "receive"], "properties": { "to": { "$ref": "#/definitions/Expr" }, "from": { "$ref": "#/definitions/Expr" }, "send": { "$ref": "#/definitions/AtomSet" }, "receive": { "$ref": "#/definitions/AtomSet" } } }, "Memory": { "title": "Memory", "type": "object", "additionalProperties": false, "required": ["alignment_bytes", "regions", "total", "buffers"], "properties": { "alignment_bytes": { "type": "integer", "minimum": 1 }, "regions": { "type": "array", "items": { "$ref": "#/definitions/Region" } }, "total": { "$ref": "#/definitions/Sized" }, "buffers": { "type": "array", "items": { "$ref": "#/definitions/Buffer" } } } }, "Region": { "title": "Region", "type": "object", "additionalProperties": false, "required": ["name", "offset", "bytes"], "properties": { "name": { "type": "string" }, "offset": { "$ref": "#/definitions/Sized" }, "bytes": { "$ref": "#/definitions/Sized" } } }, "Buffer": { "title": "Buffer", "type": "object", "additionalProperties": false, "required": ["name", "kind", "precision", "shape", "instances", "instance_bytes", "region"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["weights", "table", "state", "input", "output", "activation", "exchange", "counts"] }, "precision": { "$ref": "#/definitions/PrecisionClass" }, "shape": { "type": "array", "items": { "$ref": "#/definitions/Expr" } }, "instances": { "$ref": "#/definitions/Sized" }, "instance_bytes": { "$ref": "#/definitions/Sized" }, "region": { "type": "string" }, "layout": { "$ref": "#/definitions/LayoutRef" }, "init": { "$ref": "#/definitions/Init" } } }, "LayoutRef": { "title": "LayoutRef", "type": "object", "additionalProperties": false, "required": ["exchange", "layout"], "properties": { "exchange": { "type": "string" }, "layout": { "type": "string" } } }, "Init": { "title": "Init", "type": "object", "discriminator": { "propertyName": "kind" }, "required": ["kind"], "oneOf": [{ "title": "WeightInit", "type": "object", "additionalProperties": false, "required": ["kind", "block", "node", "weight", "per_slot"], "properties": { "kind": { "const": "weight" }, "block": { "type": "string" }, "node": { "type": "string" }, "weight": { "type": "string" }, "per_slot": { "type": "boolean" }, "placement": { "type": "string" } } }, { "title": "TableInit", "type": "object", "additionalProperties": false, "required": ["kind", "placement", "table"], "properties": { "kind": { "const": "table" }, "placement": { "type": "string" }, "table": { "type": "string", "enum": ["replica_begin", "replica_slot", "slot_begin", "atom_rows"] } } }, { "title": "StateInit", "type": "object", "additionalProperties": false, "required": ["kind", "block", "node", "state", "micro_batch"], "properties": { "kind": { "const": "state" }, "block": { "type": "string" }, "node": { "type": "string" }, "state": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 } } }, { "title": "InputInit", "type": "object", "additionalProperties": false, "required": ["kind", "micro_batch"], "properties": { "kind": { "const": "input" }, "micro_batch": { "type": "integer", "minimum": 0 } } }] }, "Cell": { "title": "Cell", "type": "object", "additionalProperties": false, "required": ["name", "block", "micro_batches", "launches"], "properties": { "name": { "type": "string" }, "block": { "type": "string" }, "micro_batches": { "type": "integer", "minimum": 1 }, "launches": { "type": "array", "items": { "$ref": "#/definitions/Launch" } } } }, "Launch": { "title": "Launch", "type": "object", "discriminator": { "propertyName": "kind" }, "required": ["kind"], "oneOf": [{ "$ref": "#/definitions/ComputeLaunch" }, { "$ref": "#/definitions/TransferLaunch" }, { "$ref": "#/definitions/HostRead" }, { "$ref": "#/definitions/Rounds" }] }, "ComputeLaunch": { "title": "ComputeLaunch", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "part", "micro_batch", "stream", "waits", "records", "operands", "rows", "work", "span"], "properties": { "kind": { "const": "compute" }, "id": { "type": "string" }, "node": { "type": "string" }, "part": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "stream": { "type": "string" }, "waits": { "type": "array", "items": { "type": "string" } }, "records": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "rows": { "$ref": "#/definitions/RowRange" }, "exchange": { "type": "string" }, "slots": { "$ref": "#/definitions/SlotRange" }, "work": { "$ref": "#/definitions/Work" }, "span": { "$ref": "#/definitions/Span" } } }, "TransferLaunch": { "title": "TransferLaunch", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "exchange", "phase", "micro_batch", "stream", "waits", "records", "operands", "span"], "properties": { "kind": { "const": "transfer" }, "id": { "type": "string" }, "node": { "type": "string" }, "exchange": { "type": "string" }, "phase": { "type": "string" }, "slots": { "$ref": "#/definitions/SlotRange" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "stream": { "type": "string" }, "waits": { "type": "array", "items": { "type": "string" } }, "records": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "span": { "$ref": "#/definitions/Span" } } }, "HostRead": { "title": "HostRead", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "exchange", "micro_batch", "waits", "operands", "span"], "properties": { "kind": { "const": "read_counts" }, "id": { "type": "string" }, "node": { "type": "string" }, "exchange": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "waits": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "span": { "$ref": "#/definitions/Span" } } }, "Rounds": { "title": "Rounds", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "exchange", "micro_batch", "waits", "operands", "launches", "tokens", "span"], "properties": { "kind": { "const": "rounds" }, "id": { "type": "string" }, "node": { "type": "string" }, "exchange": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "waits": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "launches": { "type": "array", "items": { "type": "string" }, "minItems": 1 }, "tokens": { "$ref": "#/definitions/Sized" }, "span": { "$ref": "#/definitions/Span" } } }, "Operand": { "title": "Operand", "type": "object", "additionalProperties": false, "required": ["name", "buffer", "instance", "access"], "properties": { "name": { "type": "string" }, "buffer": { "type": "string" }, "instance": { "$ref": "#/definitions/Expr" }, "access": { "type": "string", "enum": ["read", "write", "update"] } } }, "RowRange": { "title": "RowRange", "type": "object", "additionalProperties": false, "required": ["begin", "end"], "properties": { "begin": { "$ref": "#/definitions/Sized" }, "end": { "$ref": "#/definitions/Sized" } } }, "Work": { "title": "Work", "type": "object", "additionalProperties": false, "required": ["class", "flops", "bytes"], "properties": { "class": { "type": "string", "enum": ["gemm", "attention", "memory"] }, "flops": { "$ref": "#/definitions/Sized" }, "bytes": { "$ref": "#/definitions/Sized" }, "dtype": { "$ref": "#/definitions/Dtype" }, "gemm": { "$ref": "#/definitions/GemmShape" } } }, "GemmShape": { "title": "GemmShape", "type": "object", "additionalProperties": false, "required": ["m", "n", "k", "groups"], "properties": { "m": { "$ref": "#/definitions/Sized" }, "n": { "$ref": "#/definitions/Sized" }, "k": { "$ref": "#/definitions/Sized" }, "groups": { "$ref": "#/definitions/Sized" } } }, "Role": { "title": "Role", "type": "object", "additionalProperties": false, "required": ["name", "ranks", "streams", "timeline"], "properties": { "name": { "type": "string" }, "ranks": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "streams": { "type": "array", "items": { "$ref": "#/definitions/Stream" } }, "timeline": { "type": "array", "items": { "$ref": "#/definitions/TimelineEntry" } } } }, "Stream": { "title": "Stream", "type": "object", "additionalProperties": false, "required": ["name", "kind", "priority"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["compute", "scale_up", "scale_out"] }, "priority": { "type": "integer" } } }, "TimelineEntry": { "title": "TimelineEntry", "type": "object", "additionalProperties": false, "required": ["cell", "layer", "repeat", "micro_batch"], "properties": { "cell": { "type": "string" }, "layer": { "type": "integer", "minimum": 0 }, "repeat": { "type": "integer", "minimum": 1 }, "micro_batch": { "type": "integer", "minimum": 0 } } }, "Why": { "title": "Why", "type": "object", "additionalProperties": false, "required": ["decisions", "prediction"], "properties": { "decisions": { "type": "array", "items": { "$ref": "#/definitions/Decision" } }, "prediction": { "$ref": "#/definitions/Prediction" } } }, "Decision": { "title": "Decision", "type": "object", "additionalProperties": false, "required": ["name", "choice", "pinned", "price_us", "alternatives", "span"], "properties": { "name": { "type": "string" }, "layer": { "type": "integer", "minimum": 0 }, "choice": { "type": "string" }, "pinned": { "type": "boolean" }, "price_us": { "type": "number" }, "placed": { "$ref": "#/definitions/PlacedLayer" }, "placement": { "type": "string" }, "start_was_best": { "type": "boolean" }, "alternatives": { "type": "array", "items": { "$ref": "#/definitions/Alternative" } }, "span": { "$ref": "#/definitions/Span" } } }, "Alternative": { "title": "Alternative", "type": "object", "additionalProperties": false, "required": ["choice", "price_us"], "properties": { "choice": { "type": "string" }, "price_us": { "type": ["number", "null"] }, "placed": { "$ref": "#/definitions/PlacedLayer" }, "reason": { "type": "string" } } }, "PlacedLayer": { "title": "PlacedLayer", "type": "object", "additionalProperties": false, "required": ["method", "replicated", "most_replicas", "uneven", "twice", "load_over_mean", "load_over_bound", "nodes_per_token", "dispatch_us", "experts_us", "combine_us"], "properties": { "method": { "type": "string" }, "replicated": { "type": "integer", "minimum": 0 }, "most_replicas": { "type": "integer", "minimum": 1 }, "uneven": { "type": "integer", "minimum": 0 }, "twice": { "type": "integer", "minimum": 0 }, "load_over_mean": { "type": "number", "minimum": 0 }, "load_over_bound": { "type": "number", "minimum": 0 }, "nodes_per_token": { "type": "number", "minimum": 0 }, "dispatch_us": { "type": "number", "minimum": 0 }, "experts_us": { "type": "number", "minimum": 0 }, "combine_us": { "type": "number", "minimum": 0 } } }, "Prediction": { "title": "Prediction", "type": "object", "additionalProperties": false, "required": ["step_time_us", "tokens_per_second", "compute_us", "communication_us", "exposed_communication_us", "host_wait_us", "lower_bound_us", "bound_by", "peak_memory_bytes", "shares", "sensitivity", "streams"], "properties": { "step_time_us": { "type": "number" }, "tokens_per_second": { "type": "number" }, "compute_us": { "type": "number" }, "communication_us": { "type": "number" }, "exposed_communication_us": { "type": "number" }, "host_wait_us": { "type": "number" }, "lower_bound_us": { "type": "number" }, "bound_by": { "type": "string" }, "peak_memory_bytes": { "type": "number" }, "dropped_share": { "type": "number", "minimum": 0, "maximum": 1 }, "shares": { "type": "array", "items": { "$ref": "#/definitions/CostShare" } }, "sensitivity": { "type": "array", "items": { "$ref": "#/definitions/Sensitivity" } }, "streams": { "type": "array", "items": { "$ref": "#/definitions/StreamPrediction" } } } }, "CostShare": { "title": "CostShare", "type": "object", "additionalProperties": false, "required": ["cost", "time_us", "share"], "properties": { "cost": { "type": "string", "enum": ["experts", "other_gemms", "attention", "memory_bound", "slowed_by_transfers", "exposed_dispatch", "exposed_combine", "exposed_counts", "waits_for_ranks", "waits_for_counts", "idle", "ended"] }, "time_us": { "type": "number", "minimum": 0 }, "share": { "type": "number", "minimum": 0, "maximum": 1 } } }, "Sensitivity": { "title": "Sensitivity", "type": "object", "additionalProperties": false, "required": ["parameter", "change", "step_time_change"], "properties": { "parameter": { "type": "string" }, "change": { "type": "number" }, "step_time_change": { "type": "number" } } }, "StreamPrediction": { "title": "StreamPrediction", "type": "object", "additionalProperties": false, "required": ["role", "stream", "busy_us"], "properties": { "role": { "type": "string" }, "stream": { "type": "string" }, "busy_us": { "type": "number" } } } } };
var func2 = Object.prototype.hasOwnProperty;
var schema7 = { "title": "ScheduleInfo", "type": "object", "additionalProperties": false, "required": ["name", "mode", "micro_batches", "span"], "properties": { "name": { "type": "string" }, "mode": { "type": "string", "enum": ["prefill", "decode"] }, "micro_batches": { "type": "integer", "minimum": 1 }, "span": { "$ref": "#/definitions/Span" } } };
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (Array.isArray(data)) {
      if (data.length > 3) {
        validate23.errors = [{ instancePath, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 3 }, message: "must NOT have more than 3 items" }];
        return false;
      } else {
        if (data.length < 3) {
          validate23.errors = [{ instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 3 }, message: "must NOT have fewer than 3 items" }];
          return false;
        } else {
          const len0 = data.length;
          if (!(len0 <= 3)) {
            validate23.errors = [{ instancePath, schemaPath: "#/additionalItems", keyword: "additionalItems", params: { limit: 3 }, message: "must NOT have more than 3 items" }];
            return false;
          } else {
            const len1 = data.length;
            if (len1 > 0) {
              let data0 = data[0];
              const _errs1 = errors;
              if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
                validate23.errors = [{ instancePath: instancePath + "/0", schemaPath: "#/items/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs1) {
                if (typeof data0 == "number" && isFinite(data0)) {
                  if (data0 < 0 || isNaN(data0)) {
                    validate23.errors = [{ instancePath: instancePath + "/0", schemaPath: "#/items/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs1 === errors;
            }
            if (valid0) {
              if (len1 > 1) {
                let data1 = data[1];
                const _errs3 = errors;
                if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                  validate23.errors = [{ instancePath: instancePath + "/1", schemaPath: "#/items/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs3) {
                  if (typeof data1 == "number" && isFinite(data1)) {
                    if (data1 < 0 || isNaN(data1)) {
                      validate23.errors = [{ instancePath: instancePath + "/1", schemaPath: "#/items/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs3 === errors;
              }
              if (valid0) {
                if (len1 > 2) {
                  let data2 = data[2];
                  const _errs5 = errors;
                  if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                    validate23.errors = [{ instancePath: instancePath + "/2", schemaPath: "#/items/2/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs5) {
                    if (typeof data2 == "number" && isFinite(data2)) {
                      if (data2 < 0 || isNaN(data2)) {
                        validate23.errors = [{ instancePath: instancePath + "/2", schemaPath: "#/items/2/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs5 === errors;
                }
              }
            }
          }
        }
      }
    } else {
      validate23.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
      return false;
    }
  }
  validate23.errors = vErrors;
  return errors === 0;
}
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.mode === void 0 && (missing0 = "mode") || data.micro_batches === void 0 && (missing0 = "micro_batches") || data.span === void 0 && (missing0 = "span")) {
        validate22.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "mode" || key0 === "micro_batches" || key0 === "span")) {
            validate22.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate22.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.mode !== void 0) {
              let data1 = data.mode;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate22.errors = [{ instancePath: instancePath + "/mode", schemaPath: "#/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "prefill" || data1 === "decode")) {
                validate22.errors = [{ instancePath: instancePath + "/mode", schemaPath: "#/properties/mode/enum", keyword: "enum", params: { allowedValues: schema7.properties.mode.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.micro_batches !== void 0) {
                let data2 = data.micro_batches;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate22.errors = [{ instancePath: instancePath + "/micro_batches", schemaPath: "#/properties/micro_batches/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate22.errors = [{ instancePath: instancePath + "/micro_batches", schemaPath: "#/properties/micro_batches/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.span !== void 0) {
                  const _errs8 = errors;
                  if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                    vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate22.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate22.errors = vErrors;
  return errors === 0;
}
var func3 = require_ucs2length().default;
var schema10 = { "title": "DimensionKind", "type": "string", "enum": ["width", "heads", "experts", "top_k", "groups", "sequences", "length", "context", "vocab", "layers", "slots", "bound", "dtype_bytes", "derived", "fixed"] };
function validate27(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    validate27.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
    return false;
  }
  if (!(data === "width" || data === "heads" || data === "experts" || data === "top_k" || data === "groups" || data === "sequences" || data === "length" || data === "context" || data === "vocab" || data === "layers" || data === "slots" || data === "bound" || data === "dtype_bytes" || data === "derived" || data === "fixed")) {
    validate27.errors = [{ instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema10.enum }, message: "must be equal to one of the allowed values" }];
    return false;
  }
  validate27.errors = vErrors;
  return errors === 0;
}
var wrapper0 = { validate: validate29 };
var schema12 = { "title": "ExprOperator", "type": "string", "enum": ["+", "-", "*", "/", "ceil_div", "%", "min", "max", "align"] };
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    validate30.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
    return false;
  }
  if (!(data === "+" || data === "-" || data === "*" || data === "/" || data === "ceil_div" || data === "%" || data === "min" || data === "max" || data === "align")) {
    validate30.errors = [{ instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema12.enum }, message: "must be equal to one of the allowed values" }];
    return false;
  }
  validate30.errors = vErrors;
  return errors === 0;
}
function validate29(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "number" }, message: "must be number" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (errors === _errs3) {
      if (typeof data === "string") {
        if (func3(data) < 1) {
          const err1 = { instancePath, schemaPath: "#/anyOf/1/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
    if (!valid0) {
      const _errs5 = errors;
      if (errors === _errs5) {
        if (Array.isArray(data)) {
          if (data.length < 2) {
            const err3 = { instancePath, schemaPath: "#/anyOf/2/minItems", keyword: "minItems", params: { limit: 2 }, message: "must NOT have fewer than 2 items" };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          } else {
            const len0 = data.length;
            var valid1 = len0 <= 2;
            if (!valid1) {
              for (let i0 = 2; i0 < len0; i0++) {
                const _errs7 = errors;
                if (!wrapper0.validate(data[i0], { instancePath: instancePath + "/" + i0, parentData: data, parentDataProperty: i0, rootData })) {
                  vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
                  errors = vErrors.length;
                }
                var valid1 = _errs7 === errors;
                if (!valid1) {
                  break;
                }
              }
            }
            if (valid1) {
              const len1 = data.length;
              if (len1 > 0) {
                const _errs8 = errors;
                if (!validate30(data[0], { instancePath: instancePath + "/0", parentData: data, parentDataProperty: 0, rootData })) {
                  vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
                  errors = vErrors.length;
                }
                var valid2 = _errs8 === errors;
              }
              if (valid2) {
                if (len1 > 1) {
                  const _errs9 = errors;
                  if (!wrapper0.validate(data[1], { instancePath: instancePath + "/1", parentData: data, parentDataProperty: 1, rootData })) {
                    vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
                    errors = vErrors.length;
                  }
                  var valid2 = _errs9 === errors;
                }
              }
            }
          }
        } else {
          const err4 = { instancePath, schemaPath: "#/anyOf/2/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
      var _valid0 = _errs5 === errors;
      valid0 = valid0 || _valid0;
    }
  }
  if (!valid0) {
    const err5 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
    validate29.errors = vErrors;
    return false;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate29.errors = vErrors;
  return errors === 0;
}
function validate26(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.kind === void 0 && (missing0 = "kind") || data.value === void 0 && (missing0 = "value")) {
        validate26.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "kind" || key0 === "value" || key0 === "expr")) {
            validate26.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            let data0 = data.name;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func3(data0) < 1) {
                  validate26.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate26.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.kind !== void 0) {
              const _errs4 = errors;
              if (!validate27(data.kind, { instancePath: instancePath + "/kind", parentData: data, parentDataProperty: "kind", rootData })) {
                vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.value !== void 0) {
                let data2 = data.value;
                const _errs5 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate26.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/properties/value/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs5) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 0 || isNaN(data2)) {
                      validate26.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/properties/value/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.expr !== void 0) {
                  const _errs7 = errors;
                  if (!validate29(data.expr, { instancePath: instancePath + "/expr", parentData: data, parentDataProperty: "expr", rootData })) {
                    vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate26.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate26.errors = vErrors;
  return errors === 0;
}
var schema14 = { "title": "PrecisionClass", "type": "string", "enum": ["weights", "activations", "dispatch", "combine", "cache", "gate", "index"] };
function validate35(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    validate35.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
    return false;
  }
  if (!(data === "weights" || data === "activations" || data === "dispatch" || data === "combine" || data === "cache" || data === "gate" || data === "index")) {
    validate35.errors = [{ instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema14.enum }, message: "must be equal to one of the allowed values" }];
    return false;
  }
  validate35.errors = vErrors;
  return errors === 0;
}
var schema15 = { "title": "Dtype", "type": "string", "enum": ["f32", "bf16", "fp16", "fp8", "u32"] };
function validate37(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    validate37.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
    return false;
  }
  if (!(data === "f32" || data === "bf16" || data === "fp16" || data === "fp8" || data === "u32")) {
    validate37.errors = [{ instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema15.enum }, message: "must be equal to one of the allowed values" }];
    return false;
  }
  validate37.errors = vErrors;
  return errors === 0;
}
function validate34(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.class === void 0 && (missing0 = "class") || data.dtype === void 0 && (missing0 = "dtype") || data.bytes === void 0 && (missing0 = "bytes") || data.scale_bytes === void 0 && (missing0 = "scale_bytes")) {
        validate34.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "class" || key0 === "dtype" || key0 === "bytes" || key0 === "scale_bytes")) {
            validate34.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.class !== void 0) {
            const _errs2 = errors;
            if (!validate35(data.class, { instancePath: instancePath + "/class", parentData: data, parentDataProperty: "class", rootData })) {
              vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.dtype !== void 0) {
              const _errs3 = errors;
              if (!validate37(data.dtype, { instancePath: instancePath + "/dtype", parentData: data, parentDataProperty: "dtype", rootData })) {
                vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.bytes !== void 0) {
                const _errs4 = errors;
                if (typeof data.bytes !== "string") {
                  validate34.errors = [{ instancePath: instancePath + "/bytes", schemaPath: "#/properties/bytes/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.scale_bytes !== void 0) {
                  const _errs6 = errors;
                  if (typeof data.scale_bytes !== "string") {
                    validate34.errors = [{ instancePath: instancePath + "/scale_bytes", schemaPath: "#/properties/scale_bytes/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs6 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate34.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate34.errors = vErrors;
  return errors === 0;
}
var schema19 = { "title": "TensorType", "type": "object", "additionalProperties": false, "required": ["kind", "shape"], "properties": { "kind": { "type": "string", "enum": ["ids", "tokens", "gate", "routed"] }, "shape": { "type": "array", "items": { "$ref": "#/definitions/Expr" } }, "gate": { "type": "string" } } };
function validate43(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.shape === void 0 && (missing0 = "shape")) {
        validate43.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "shape" || key0 === "gate")) {
            validate43.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate43.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "ids" || data0 === "tokens" || data0 === "gate" || data0 === "routed")) {
              validate43.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema19.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.shape !== void 0) {
              let data1 = data.shape;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (!validate29(data1[i0], { instancePath: instancePath + "/shape/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
                      vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate43.errors = [{ instancePath: instancePath + "/shape", schemaPath: "#/properties/shape/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.gate !== void 0) {
                const _errs7 = errors;
                if (typeof data.gate !== "string") {
                  validate43.errors = [{ instancePath: instancePath + "/gate", schemaPath: "#/properties/gate/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate43.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate43.errors = vErrors;
  return errors === 0;
}
function validate42(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.type === void 0 && (missing0 = "type")) {
        validate42.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "type")) {
            validate42.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate42.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.type !== void 0) {
              const _errs4 = errors;
              if (!validate43(data.type, { instancePath: instancePath + "/type", parentData: data, parentDataProperty: "type", rootData })) {
                vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate42.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate42.errors = vErrors;
  return errors === 0;
}
var schema20 = { "title": "Node", "type": "object", "additionalProperties": false, "required": ["id", "op", "inputs", "dims", "options", "output", "span"], "properties": { "id": { "type": "string", "minLength": 1 }, "op": { "type": "string" }, "inputs": { "type": "array", "items": { "type": "string" } }, "dims": { "type": "object", "additionalProperties": { "$ref": "#/definitions/Expr" } }, "options": { "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }, "output": { "$ref": "#/definitions/TensorType" }, "span": { "$ref": "#/definitions/Span" } } };
function validate47(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.id === void 0 && (missing0 = "id") || data.op === void 0 && (missing0 = "op") || data.inputs === void 0 && (missing0 = "inputs") || data.dims === void 0 && (missing0 = "dims") || data.options === void 0 && (missing0 = "options") || data.output === void 0 && (missing0 = "output") || data.span === void 0 && (missing0 = "span")) {
        validate47.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "id" || key0 === "op" || key0 === "inputs" || key0 === "dims" || key0 === "options" || key0 === "output" || key0 === "span")) {
            validate47.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.id !== void 0) {
            let data0 = data.id;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func3(data0) < 1) {
                  validate47.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate47.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.op !== void 0) {
              const _errs4 = errors;
              if (typeof data.op !== "string") {
                validate47.errors = [{ instancePath: instancePath + "/op", schemaPath: "#/properties/op/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.inputs !== void 0) {
                let data2 = data.inputs;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (Array.isArray(data2)) {
                    var valid1 = true;
                    const len0 = data2.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs8 = errors;
                      if (typeof data2[i0] !== "string") {
                        validate47.errors = [{ instancePath: instancePath + "/inputs/" + i0, schemaPath: "#/properties/inputs/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                      var valid1 = _errs8 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  } else {
                    validate47.errors = [{ instancePath: instancePath + "/inputs", schemaPath: "#/properties/inputs/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.dims !== void 0) {
                  let data4 = data.dims;
                  const _errs10 = errors;
                  if (errors === _errs10) {
                    if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
                      for (const key1 in data4) {
                        const _errs13 = errors;
                        if (!validate29(data4[key1], { instancePath: instancePath + "/dims/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data4, parentDataProperty: key1, rootData })) {
                          vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                          errors = vErrors.length;
                        }
                        var valid2 = _errs13 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    } else {
                      validate47.errors = [{ instancePath: instancePath + "/dims", schemaPath: "#/properties/dims/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                      return false;
                    }
                  }
                  var valid0 = _errs10 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.options !== void 0) {
                    let data6 = data.options;
                    const _errs14 = errors;
                    if (errors === _errs14) {
                      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
                        for (const key2 in data6) {
                          let data7 = data6[key2];
                          const _errs17 = errors;
                          if (typeof data7 !== "string" && !(typeof data7 == "number" && isFinite(data7)) && typeof data7 !== "boolean") {
                            validate47.errors = [{ instancePath: instancePath + "/options/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/options/additionalProperties/type", keyword: "type", params: { type: schema20.properties.options.additionalProperties.type }, message: "must be string,number,boolean" }];
                            return false;
                          }
                          var valid3 = _errs17 === errors;
                          if (!valid3) {
                            break;
                          }
                        }
                      } else {
                        validate47.errors = [{ instancePath: instancePath + "/options", schemaPath: "#/properties/options/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                        return false;
                      }
                    }
                    var valid0 = _errs14 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.output !== void 0) {
                      const _errs19 = errors;
                      if (!validate43(data.output, { instancePath: instancePath + "/output", parentData: data, parentDataProperty: "output", rootData })) {
                        vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs19 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.span !== void 0) {
                        const _errs20 = errors;
                        if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                          vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                          errors = vErrors.length;
                        }
                        var valid0 = _errs20 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate47.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate47.errors = vErrors;
  return errors === 0;
}
function validate41(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.input === void 0 && (missing0 = "input") || data.nodes === void 0 && (missing0 = "nodes") || data.result === void 0 && (missing0 = "result") || data.span === void 0 && (missing0 = "span")) {
        validate41.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "input" || key0 === "nodes" || key0 === "result" || key0 === "span")) {
            validate41.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate41.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.input !== void 0) {
              const _errs4 = errors;
              if (!validate42(data.input, { instancePath: instancePath + "/input", parentData: data, parentDataProperty: "input", rootData })) {
                vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.nodes !== void 0) {
                let data2 = data.nodes;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (Array.isArray(data2)) {
                    var valid1 = true;
                    const len0 = data2.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs7 = errors;
                      if (!validate47(data2[i0], { instancePath: instancePath + "/nodes/" + i0, parentData: data2, parentDataProperty: i0, rootData })) {
                        vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs7 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  } else {
                    validate41.errors = [{ instancePath: instancePath + "/nodes", schemaPath: "#/properties/nodes/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.result !== void 0) {
                  const _errs8 = errors;
                  if (typeof data.result !== "string") {
                    validate41.errors = [{ instancePath: instancePath + "/result", schemaPath: "#/properties/result/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.span !== void 0) {
                    const _errs10 = errors;
                    if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                      vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate41.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate41.errors = vErrors;
  return errors === 0;
}
function validate54(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.block === void 0 && (missing0 = "block") || data.first === void 0 && (missing0 = "first") || data.repeat === void 0 && (missing0 = "repeat") || data.span === void 0 && (missing0 = "span")) {
        validate54.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "block" || key0 === "first" || key0 === "repeat" || key0 === "span")) {
            validate54.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.block !== void 0) {
            const _errs2 = errors;
            if (typeof data.block !== "string") {
              validate54.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.first !== void 0) {
              let data1 = data.first;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate54.errors = [{ instancePath: instancePath + "/first", schemaPath: "#/properties/first/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate54.errors = [{ instancePath: instancePath + "/first", schemaPath: "#/properties/first/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.repeat !== void 0) {
                let data2 = data.repeat;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate54.errors = [{ instancePath: instancePath + "/repeat", schemaPath: "#/properties/repeat/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate54.errors = [{ instancePath: instancePath + "/repeat", schemaPath: "#/properties/repeat/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.span !== void 0) {
                  const _errs8 = errors;
                  if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                    vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate54.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate54.errors = vErrors;
  return errors === 0;
}
function validate40(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.blocks === void 0 && (missing0 = "blocks") || data.layers === void 0 && (missing0 = "layers") || data.span === void 0 && (missing0 = "span")) {
        validate40.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "blocks" || key0 === "layers" || key0 === "span")) {
            validate40.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate40.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.blocks !== void 0) {
              let data1 = data.blocks;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (!validate41(data1[i0], { instancePath: instancePath + "/blocks/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
                      vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate40.errors = [{ instancePath: instancePath + "/blocks", schemaPath: "#/properties/blocks/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.layers !== void 0) {
                let data3 = data.layers;
                const _errs7 = errors;
                if (errors === _errs7) {
                  if (Array.isArray(data3)) {
                    if (data3.length < 1) {
                      validate40.errors = [{ instancePath: instancePath + "/layers", schemaPath: "#/properties/layers/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
                      return false;
                    } else {
                      var valid2 = true;
                      const len1 = data3.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        const _errs9 = errors;
                        if (!validate54(data3[i1], { instancePath: instancePath + "/layers/" + i1, parentData: data3, parentDataProperty: i1, rootData })) {
                          vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                          errors = vErrors.length;
                        }
                        var valid2 = _errs9 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    }
                  } else {
                    validate40.errors = [{ instancePath: instancePath + "/layers", schemaPath: "#/properties/layers/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.span !== void 0) {
                  const _errs10 = errors;
                  if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                    vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs10 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate40.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate40.errors = vErrors;
  return errors === 0;
}
var schema24 = { "title": "PartOperand", "type": "object", "additionalProperties": false, "required": ["name", "access", "role"], "properties": { "name": { "type": "string", "minLength": 1 }, "access": { "type": "string", "enum": ["read", "write", "update"] }, "role": { "$ref": "#/definitions/OperandRole" }, "lifted_only": { "const": true } } };
var schema25 = { "title": "OperandRole", "type": "object", "additionalProperties": false, "required": ["kind"], "properties": { "kind": { "type": "string", "enum": ["input", "output", "weight", "state", "temporary", "segments", "exchange"] }, "port": { "type": "integer", "minimum": 0 }, "field": { "type": "string", "enum": ["experts", "weights"] }, "name": { "type": "string" } } };
function validate62(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind")) {
        validate62.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "kind" || key0 === "port" || key0 === "field" || key0 === "name")) {
            validate62.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            let data0 = data.kind;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate62.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "input" || data0 === "output" || data0 === "weight" || data0 === "state" || data0 === "temporary" || data0 === "segments" || data0 === "exchange")) {
              validate62.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema25.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.port !== void 0) {
              let data1 = data.port;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate62.errors = [{ instancePath: instancePath + "/port", schemaPath: "#/properties/port/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate62.errors = [{ instancePath: instancePath + "/port", schemaPath: "#/properties/port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.field !== void 0) {
                let data2 = data.field;
                const _errs6 = errors;
                if (typeof data2 !== "string") {
                  validate62.errors = [{ instancePath: instancePath + "/field", schemaPath: "#/properties/field/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                if (!(data2 === "experts" || data2 === "weights")) {
                  validate62.errors = [{ instancePath: instancePath + "/field", schemaPath: "#/properties/field/enum", keyword: "enum", params: { allowedValues: schema25.properties.field.enum }, message: "must be equal to one of the allowed values" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.name !== void 0) {
                  const _errs8 = errors;
                  if (typeof data.name !== "string") {
                    validate62.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate62.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate62.errors = vErrors;
  return errors === 0;
}
function validate61(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.access === void 0 && (missing0 = "access") || data.role === void 0 && (missing0 = "role")) {
        validate61.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "access" || key0 === "role" || key0 === "lifted_only")) {
            validate61.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            let data0 = data.name;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func3(data0) < 1) {
                  validate61.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate61.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.access !== void 0) {
              let data1 = data.access;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate61.errors = [{ instancePath: instancePath + "/access", schemaPath: "#/properties/access/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "read" || data1 === "write" || data1 === "update")) {
                validate61.errors = [{ instancePath: instancePath + "/access", schemaPath: "#/properties/access/enum", keyword: "enum", params: { allowedValues: schema24.properties.access.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.role !== void 0) {
                const _errs6 = errors;
                if (!validate62(data.role, { instancePath: instancePath + "/role", parentData: data, parentDataProperty: "role", rootData })) {
                  vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.lifted_only !== void 0) {
                  const _errs7 = errors;
                  if (true !== data.lifted_only) {
                    validate61.errors = [{ instancePath: instancePath + "/lifted_only", schemaPath: "#/properties/lifted_only/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate61.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate61.errors = vErrors;
  return errors === 0;
}
function validate60(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.operands === void 0 && (missing0 = "operands")) {
        validate60.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "operands")) {
            validate60.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            let data0 = data.name;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func3(data0) < 1) {
                  validate60.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate60.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.operands !== void 0) {
              let data1 = data.operands;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (!validate61(data1[i0], { instancePath: instancePath + "/operands/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
                      vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate60.errors = [{ instancePath: instancePath + "/operands", schemaPath: "#/properties/operands/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate60.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate60.errors = vErrors;
  return errors === 0;
}
function validate59(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.parts === void 0 && (missing0 = "parts")) {
        validate59.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "parts")) {
            validate59.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            let data0 = data.name;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func3(data0) < 1) {
                  validate59.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate59.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.parts !== void 0) {
              let data1 = data.parts;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (!validate60(data1[i0], { instancePath: instancePath + "/parts/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
                      vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate59.errors = [{ instancePath: instancePath + "/parts", schemaPath: "#/properties/parts/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate59.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate59.errors = vErrors;
  return errors === 0;
}
function validate67(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.block === void 0 && (missing0 = "block") || data.gate === void 0 && (missing0 = "gate") || data.distribution === void 0 && (missing0 = "distribution") || data.loads === void 0 && (missing0 = "loads")) {
        validate67.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "block" || key0 === "gate" || key0 === "distribution" || key0 === "loads")) {
            validate67.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.block !== void 0) {
            const _errs2 = errors;
            if (typeof data.block !== "string") {
              validate67.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.gate !== void 0) {
              const _errs4 = errors;
              if (typeof data.gate !== "string") {
                validate67.errors = [{ instancePath: instancePath + "/gate", schemaPath: "#/properties/gate/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.distribution !== void 0) {
                const _errs6 = errors;
                if (typeof data.distribution !== "string") {
                  validate67.errors = [{ instancePath: instancePath + "/distribution", schemaPath: "#/properties/distribution/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.loads !== void 0) {
                  let data3 = data.loads;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data3)) {
                      var valid1 = true;
                      const len0 = data3.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        let data4 = data3[i0];
                        const _errs10 = errors;
                        if (errors === _errs10) {
                          if (Array.isArray(data4)) {
                            var valid2 = true;
                            const len1 = data4.length;
                            for (let i1 = 0; i1 < len1; i1++) {
                              let data5 = data4[i1];
                              const _errs12 = errors;
                              if (errors === _errs12) {
                                if (typeof data5 == "number" && isFinite(data5)) {
                                  if (data5 < 0 || isNaN(data5)) {
                                    validate67.errors = [{ instancePath: instancePath + "/loads/" + i0 + "/" + i1, schemaPath: "#/properties/loads/items/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                } else {
                                  validate67.errors = [{ instancePath: instancePath + "/loads/" + i0 + "/" + i1, schemaPath: "#/properties/loads/items/items/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                  return false;
                                }
                              }
                              var valid2 = _errs12 === errors;
                              if (!valid2) {
                                break;
                              }
                            }
                          } else {
                            validate67.errors = [{ instancePath: instancePath + "/loads/" + i0, schemaPath: "#/properties/loads/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                            return false;
                          }
                        }
                        var valid1 = _errs10 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate67.errors = [{ instancePath: instancePath + "/loads", schemaPath: "#/properties/loads/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate67.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate67.errors = vErrors;
  return errors === 0;
}
function validate70(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.memory_bytes === void 0 && (missing0 = "memory_bytes") || data.memory_bandwidth_bytes_per_s === void 0 && (missing0 = "memory_bandwidth_bytes_per_s") || data.sms === void 0 && (missing0 = "sms") || data.peak_flops === void 0 && (missing0 = "peak_flops")) {
        validate70.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "memory_bytes" || key0 === "memory_bandwidth_bytes_per_s" || key0 === "sms" || key0 === "peak_flops" || key0 === "calibration")) {
            validate70.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.memory_bytes !== void 0) {
            let data0 = data.memory_bytes;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 < 0 || isNaN(data0)) {
                  validate70.errors = [{ instancePath: instancePath + "/memory_bytes", schemaPath: "#/properties/memory_bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                  return false;
                }
              } else {
                validate70.errors = [{ instancePath: instancePath + "/memory_bytes", schemaPath: "#/properties/memory_bytes/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.memory_bandwidth_bytes_per_s !== void 0) {
              let data1 = data.memory_bandwidth_bytes_per_s;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate70.errors = [{ instancePath: instancePath + "/memory_bandwidth_bytes_per_s", schemaPath: "#/properties/memory_bandwidth_bytes_per_s/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                } else {
                  validate70.errors = [{ instancePath: instancePath + "/memory_bandwidth_bytes_per_s", schemaPath: "#/properties/memory_bandwidth_bytes_per_s/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.sms !== void 0) {
                let data2 = data.sms;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate70.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate70.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.peak_flops !== void 0) {
                  let data3 = data.peak_flops;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
                      for (const key1 in data3) {
                        let data4 = data3[key1];
                        const _errs11 = errors;
                        if (errors === _errs11) {
                          if (typeof data4 == "number" && isFinite(data4)) {
                            if (data4 < 0 || isNaN(data4)) {
                              validate70.errors = [{ instancePath: instancePath + "/peak_flops/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/peak_flops/additionalProperties/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          } else {
                            validate70.errors = [{ instancePath: instancePath + "/peak_flops/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/peak_flops/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                            return false;
                          }
                        }
                        var valid1 = _errs11 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate70.errors = [{ instancePath: instancePath + "/peak_flops", schemaPath: "#/properties/peak_flops/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.calibration !== void 0) {
                    let data5 = data.calibration;
                    const _errs13 = errors;
                    if (errors === _errs13) {
                      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
                        for (const key2 in data5) {
                          let data6 = data5[key2];
                          const _errs16 = errors;
                          if (errors === _errs16) {
                            if (typeof data6 == "number" && isFinite(data6)) {
                              if (data6 < 0 || isNaN(data6)) {
                                validate70.errors = [{ instancePath: instancePath + "/calibration/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/calibration/additionalProperties/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            } else {
                              validate70.errors = [{ instancePath: instancePath + "/calibration/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/calibration/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                              return false;
                            }
                          }
                          var valid2 = _errs16 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        validate70.errors = [{ instancePath: instancePath + "/calibration", schemaPath: "#/properties/calibration/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                        return false;
                      }
                    }
                    var valid0 = _errs13 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate70.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate70.errors = vErrors;
  return errors === 0;
}
var schema29 = { "title": "Tier", "type": "object", "additionalProperties": false, "required": ["name", "kind", "joins", "bandwidth_bytes_per_s", "efficiency", "latency_us", "message_gap_us", "span"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["switch", "rail"] }, "joins": { "type": "integer", "minimum": 1 }, "bandwidth_bytes_per_s": { "type": "number", "minimum": 0 }, "efficiency": { "type": "number", "minimum": 0, "maximum": 1 }, "latency_us": { "type": "number", "minimum": 0 }, "message_gap_us": { "type": "number", "minimum": 0 }, "nics": { "type": "integer", "minimum": 1 }, "oversubscription": { "type": "number", "minimum": 1 }, "span": { "$ref": "#/definitions/Span" } } };
function validate72(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.kind === void 0 && (missing0 = "kind") || data.joins === void 0 && (missing0 = "joins") || data.bandwidth_bytes_per_s === void 0 && (missing0 = "bandwidth_bytes_per_s") || data.efficiency === void 0 && (missing0 = "efficiency") || data.latency_us === void 0 && (missing0 = "latency_us") || data.message_gap_us === void 0 && (missing0 = "message_gap_us") || data.span === void 0 && (missing0 = "span")) {
        validate72.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema29.properties, key0)) {
            validate72.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate72.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.kind !== void 0) {
              let data1 = data.kind;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate72.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "switch" || data1 === "rail")) {
                validate72.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema29.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.joins !== void 0) {
                let data2 = data.joins;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate72.errors = [{ instancePath: instancePath + "/joins", schemaPath: "#/properties/joins/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate72.errors = [{ instancePath: instancePath + "/joins", schemaPath: "#/properties/joins/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.bandwidth_bytes_per_s !== void 0) {
                  let data3 = data.bandwidth_bytes_per_s;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 0 || isNaN(data3)) {
                        validate72.errors = [{ instancePath: instancePath + "/bandwidth_bytes_per_s", schemaPath: "#/properties/bandwidth_bytes_per_s/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    } else {
                      validate72.errors = [{ instancePath: instancePath + "/bandwidth_bytes_per_s", schemaPath: "#/properties/bandwidth_bytes_per_s/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.efficiency !== void 0) {
                    let data4 = data.efficiency;
                    const _errs10 = errors;
                    if (errors === _errs10) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 > 1 || isNaN(data4)) {
                          validate72.errors = [{ instancePath: instancePath + "/efficiency", schemaPath: "#/properties/efficiency/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                          return false;
                        } else {
                          if (data4 < 0 || isNaN(data4)) {
                            validate72.errors = [{ instancePath: instancePath + "/efficiency", schemaPath: "#/properties/efficiency/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        }
                      } else {
                        validate72.errors = [{ instancePath: instancePath + "/efficiency", schemaPath: "#/properties/efficiency/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                        return false;
                      }
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.latency_us !== void 0) {
                      let data5 = data.latency_us;
                      const _errs12 = errors;
                      if (errors === _errs12) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 < 0 || isNaN(data5)) {
                            validate72.errors = [{ instancePath: instancePath + "/latency_us", schemaPath: "#/properties/latency_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        } else {
                          validate72.errors = [{ instancePath: instancePath + "/latency_us", schemaPath: "#/properties/latency_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                          return false;
                        }
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.message_gap_us !== void 0) {
                        let data6 = data.message_gap_us;
                        const _errs14 = errors;
                        if (errors === _errs14) {
                          if (typeof data6 == "number" && isFinite(data6)) {
                            if (data6 < 0 || isNaN(data6)) {
                              validate72.errors = [{ instancePath: instancePath + "/message_gap_us", schemaPath: "#/properties/message_gap_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          } else {
                            validate72.errors = [{ instancePath: instancePath + "/message_gap_us", schemaPath: "#/properties/message_gap_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                            return false;
                          }
                        }
                        var valid0 = _errs14 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.nics !== void 0) {
                          let data7 = data.nics;
                          const _errs16 = errors;
                          if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                            validate72.errors = [{ instancePath: instancePath + "/nics", schemaPath: "#/properties/nics/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs16) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 < 1 || isNaN(data7)) {
                                validate72.errors = [{ instancePath: instancePath + "/nics", schemaPath: "#/properties/nics/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                return false;
                              }
                            }
                          }
                          var valid0 = _errs16 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.oversubscription !== void 0) {
                            let data8 = data.oversubscription;
                            const _errs18 = errors;
                            if (errors === _errs18) {
                              if (typeof data8 == "number" && isFinite(data8)) {
                                if (data8 < 1 || isNaN(data8)) {
                                  validate72.errors = [{ instancePath: instancePath + "/oversubscription", schemaPath: "#/properties/oversubscription/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                  return false;
                                }
                              } else {
                                validate72.errors = [{ instancePath: instancePath + "/oversubscription", schemaPath: "#/properties/oversubscription/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                return false;
                              }
                            }
                            var valid0 = _errs18 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.span !== void 0) {
                              const _errs20 = errors;
                              if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                                vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                                errors = vErrors.length;
                              }
                              var valid0 = _errs20 === errors;
                            } else {
                              var valid0 = true;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate72.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate72.errors = vErrors;
  return errors === 0;
}
function validate69(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.gpus === void 0 && (missing0 = "gpus") || data.gpu === void 0 && (missing0 = "gpu") || data.tiers === void 0 && (missing0 = "tiers") || data.span === void 0 && (missing0 = "span")) {
        validate69.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "gpus" || key0 === "gpu" || key0 === "tiers" || key0 === "span")) {
            validate69.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate69.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.gpus !== void 0) {
              let data1 = data.gpus;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate69.errors = [{ instancePath: instancePath + "/gpus", schemaPath: "#/properties/gpus/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 1 || isNaN(data1)) {
                    validate69.errors = [{ instancePath: instancePath + "/gpus", schemaPath: "#/properties/gpus/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.gpu !== void 0) {
                const _errs6 = errors;
                if (!validate70(data.gpu, { instancePath: instancePath + "/gpu", parentData: data, parentDataProperty: "gpu", rootData })) {
                  vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.tiers !== void 0) {
                  let data3 = data.tiers;
                  const _errs7 = errors;
                  if (errors === _errs7) {
                    if (Array.isArray(data3)) {
                      var valid1 = true;
                      const len0 = data3.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs9 = errors;
                        if (!validate72(data3[i0], { instancePath: instancePath + "/tiers/" + i0, parentData: data3, parentDataProperty: i0, rootData })) {
                          vErrors = vErrors === null ? validate72.errors : vErrors.concat(validate72.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs9 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate69.errors = [{ instancePath: instancePath + "/tiers", schemaPath: "#/properties/tiers/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.span !== void 0) {
                    const _errs10 = errors;
                    if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                      vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate69.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate69.errors = vErrors;
  return errors === 0;
}
var schema31 = { "title": "MeasuredFile", "type": "object", "additionalProperties": false, "required": ["path", "kind", "span"], "properties": { "path": { "type": "string" }, "kind": { "type": "string", "enum": ["profile", "trace"] }, "machine": { "type": "string" }, "span": { "$ref": "#/definitions/Span" } } };
function validate78(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.path === void 0 && (missing0 = "path") || data.kind === void 0 && (missing0 = "kind") || data.span === void 0 && (missing0 = "span")) {
        validate78.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "path" || key0 === "kind" || key0 === "machine" || key0 === "span")) {
            validate78.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.path !== void 0) {
            const _errs2 = errors;
            if (typeof data.path !== "string") {
              validate78.errors = [{ instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.kind !== void 0) {
              let data1 = data.kind;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate78.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "profile" || data1 === "trace")) {
                validate78.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema31.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.machine !== void 0) {
                const _errs6 = errors;
                if (typeof data.machine !== "string") {
                  validate78.errors = [{ instancePath: instancePath + "/machine", schemaPath: "#/properties/machine/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.span !== void 0) {
                  const _errs8 = errors;
                  if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                    vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate78.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate78.errors = vErrors;
  return errors === 0;
}
var schema32 = { "title": "MeasuredTime", "type": "object", "additionalProperties": false, "required": ["operator", "file", "samples"], "properties": { "operator": { "type": "string", "minLength": 1 }, "part": { "type": "string" }, "dtype": { "$ref": "#/definitions/Dtype" }, "m": { "type": "number", "exclusiveMinimum": 0 }, "n": { "type": "number", "exclusiveMinimum": 0 }, "k": { "type": "number", "exclusiveMinimum": 0 }, "groups": { "type": "number", "exclusiveMinimum": 0 }, "rows": { "type": "number", "exclusiveMinimum": 0 }, "tokens": { "type": "number", "exclusiveMinimum": 0 }, "hidden": { "type": "number", "exclusiveMinimum": 0 }, "ranks": { "type": "number", "exclusiveMinimum": 0 }, "algorithm": { "type": "string" }, "sms": { "type": "number", "exclusiveMinimum": 0 }, "sms_assumed": { "type": "boolean", "const": true }, "time_us": { "type": "number", "minimum": 1e-3, "maximum": 1e12 }, "scale": { "type": "number", "minimum": 1e-6, "maximum": 1e6 }, "samples": { "type": "integer", "minimum": 1 }, "file": { "type": "integer", "minimum": 0 } } };
function validate81(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.operator === void 0 && (missing0 = "operator") || data.file === void 0 && (missing0 = "file") || data.samples === void 0 && (missing0 = "samples")) {
        validate81.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema32.properties, key0)) {
            validate81.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.operator !== void 0) {
            let data0 = data.operator;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 === "string") {
                if (func3(data0) < 1) {
                  validate81.errors = [{ instancePath: instancePath + "/operator", schemaPath: "#/properties/operator/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" }];
                  return false;
                }
              } else {
                validate81.errors = [{ instancePath: instancePath + "/operator", schemaPath: "#/properties/operator/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.part !== void 0) {
              const _errs4 = errors;
              if (typeof data.part !== "string") {
                validate81.errors = [{ instancePath: instancePath + "/part", schemaPath: "#/properties/part/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.dtype !== void 0) {
                const _errs6 = errors;
                if (!validate37(data.dtype, { instancePath: instancePath + "/dtype", parentData: data, parentDataProperty: "dtype", rootData })) {
                  vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.m !== void 0) {
                  let data3 = data.m;
                  const _errs7 = errors;
                  if (errors === _errs7) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 <= 0 || isNaN(data3)) {
                        validate81.errors = [{ instancePath: instancePath + "/m", schemaPath: "#/properties/m/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                        return false;
                      }
                    } else {
                      validate81.errors = [{ instancePath: instancePath + "/m", schemaPath: "#/properties/m/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                      return false;
                    }
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.n !== void 0) {
                    let data4 = data.n;
                    const _errs9 = errors;
                    if (errors === _errs9) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 <= 0 || isNaN(data4)) {
                          validate81.errors = [{ instancePath: instancePath + "/n", schemaPath: "#/properties/n/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                          return false;
                        }
                      } else {
                        validate81.errors = [{ instancePath: instancePath + "/n", schemaPath: "#/properties/n/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                        return false;
                      }
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.k !== void 0) {
                      let data5 = data.k;
                      const _errs11 = errors;
                      if (errors === _errs11) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 <= 0 || isNaN(data5)) {
                            validate81.errors = [{ instancePath: instancePath + "/k", schemaPath: "#/properties/k/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                            return false;
                          }
                        } else {
                          validate81.errors = [{ instancePath: instancePath + "/k", schemaPath: "#/properties/k/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                          return false;
                        }
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.groups !== void 0) {
                        let data6 = data.groups;
                        const _errs13 = errors;
                        if (errors === _errs13) {
                          if (typeof data6 == "number" && isFinite(data6)) {
                            if (data6 <= 0 || isNaN(data6)) {
                              validate81.errors = [{ instancePath: instancePath + "/groups", schemaPath: "#/properties/groups/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                              return false;
                            }
                          } else {
                            validate81.errors = [{ instancePath: instancePath + "/groups", schemaPath: "#/properties/groups/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                            return false;
                          }
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.rows !== void 0) {
                          let data7 = data.rows;
                          const _errs15 = errors;
                          if (errors === _errs15) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 <= 0 || isNaN(data7)) {
                                validate81.errors = [{ instancePath: instancePath + "/rows", schemaPath: "#/properties/rows/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                                return false;
                              }
                            } else {
                              validate81.errors = [{ instancePath: instancePath + "/rows", schemaPath: "#/properties/rows/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                              return false;
                            }
                          }
                          var valid0 = _errs15 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.tokens !== void 0) {
                            let data8 = data.tokens;
                            const _errs17 = errors;
                            if (errors === _errs17) {
                              if (typeof data8 == "number" && isFinite(data8)) {
                                if (data8 <= 0 || isNaN(data8)) {
                                  validate81.errors = [{ instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                                  return false;
                                }
                              } else {
                                validate81.errors = [{ instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                return false;
                              }
                            }
                            var valid0 = _errs17 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.hidden !== void 0) {
                              let data9 = data.hidden;
                              const _errs19 = errors;
                              if (errors === _errs19) {
                                if (typeof data9 == "number" && isFinite(data9)) {
                                  if (data9 <= 0 || isNaN(data9)) {
                                    validate81.errors = [{ instancePath: instancePath + "/hidden", schemaPath: "#/properties/hidden/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                                    return false;
                                  }
                                } else {
                                  validate81.errors = [{ instancePath: instancePath + "/hidden", schemaPath: "#/properties/hidden/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                  return false;
                                }
                              }
                              var valid0 = _errs19 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.ranks !== void 0) {
                                let data10 = data.ranks;
                                const _errs21 = errors;
                                if (errors === _errs21) {
                                  if (typeof data10 == "number" && isFinite(data10)) {
                                    if (data10 <= 0 || isNaN(data10)) {
                                      validate81.errors = [{ instancePath: instancePath + "/ranks", schemaPath: "#/properties/ranks/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                                      return false;
                                    }
                                  } else {
                                    validate81.errors = [{ instancePath: instancePath + "/ranks", schemaPath: "#/properties/ranks/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                    return false;
                                  }
                                }
                                var valid0 = _errs21 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.algorithm !== void 0) {
                                  const _errs23 = errors;
                                  if (typeof data.algorithm !== "string") {
                                    validate81.errors = [{ instancePath: instancePath + "/algorithm", schemaPath: "#/properties/algorithm/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                    return false;
                                  }
                                  var valid0 = _errs23 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.sms !== void 0) {
                                    let data12 = data.sms;
                                    const _errs25 = errors;
                                    if (errors === _errs25) {
                                      if (typeof data12 == "number" && isFinite(data12)) {
                                        if (data12 <= 0 || isNaN(data12)) {
                                          validate81.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                                          return false;
                                        }
                                      } else {
                                        validate81.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                        return false;
                                      }
                                    }
                                    var valid0 = _errs25 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.sms_assumed !== void 0) {
                                      let data13 = data.sms_assumed;
                                      const _errs27 = errors;
                                      if (typeof data13 !== "boolean") {
                                        validate81.errors = [{ instancePath: instancePath + "/sms_assumed", schemaPath: "#/properties/sms_assumed/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                                        return false;
                                      }
                                      if (true !== data13) {
                                        validate81.errors = [{ instancePath: instancePath + "/sms_assumed", schemaPath: "#/properties/sms_assumed/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                                        return false;
                                      }
                                      var valid0 = _errs27 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.time_us !== void 0) {
                                        let data14 = data.time_us;
                                        const _errs29 = errors;
                                        if (errors === _errs29) {
                                          if (typeof data14 == "number" && isFinite(data14)) {
                                            if (data14 > 1e12 || isNaN(data14)) {
                                              validate81.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e12 }, message: "must be <= 1000000000000" }];
                                              return false;
                                            } else {
                                              if (data14 < 1e-3 || isNaN(data14)) {
                                                validate81.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1e-3 }, message: "must be >= 0.001" }];
                                                return false;
                                              }
                                            }
                                          } else {
                                            validate81.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                            return false;
                                          }
                                        }
                                        var valid0 = _errs29 === errors;
                                      } else {
                                        var valid0 = true;
                                      }
                                      if (valid0) {
                                        if (data.scale !== void 0) {
                                          let data15 = data.scale;
                                          const _errs31 = errors;
                                          if (errors === _errs31) {
                                            if (typeof data15 == "number" && isFinite(data15)) {
                                              if (data15 > 1e6 || isNaN(data15)) {
                                                validate81.errors = [{ instancePath: instancePath + "/scale", schemaPath: "#/properties/scale/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e6 }, message: "must be <= 1000000" }];
                                                return false;
                                              } else {
                                                if (data15 < 1e-6 || isNaN(data15)) {
                                                  validate81.errors = [{ instancePath: instancePath + "/scale", schemaPath: "#/properties/scale/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1e-6 }, message: "must be >= 0.000001" }];
                                                  return false;
                                                }
                                              }
                                            } else {
                                              validate81.errors = [{ instancePath: instancePath + "/scale", schemaPath: "#/properties/scale/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                              return false;
                                            }
                                          }
                                          var valid0 = _errs31 === errors;
                                        } else {
                                          var valid0 = true;
                                        }
                                        if (valid0) {
                                          if (data.samples !== void 0) {
                                            let data16 = data.samples;
                                            const _errs33 = errors;
                                            if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
                                              validate81.errors = [{ instancePath: instancePath + "/samples", schemaPath: "#/properties/samples/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                              return false;
                                            }
                                            if (errors === _errs33) {
                                              if (typeof data16 == "number" && isFinite(data16)) {
                                                if (data16 < 1 || isNaN(data16)) {
                                                  validate81.errors = [{ instancePath: instancePath + "/samples", schemaPath: "#/properties/samples/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                                  return false;
                                                }
                                              }
                                            }
                                            var valid0 = _errs33 === errors;
                                          } else {
                                            var valid0 = true;
                                          }
                                          if (valid0) {
                                            if (data.file !== void 0) {
                                              let data17 = data.file;
                                              const _errs35 = errors;
                                              if (!(typeof data17 == "number" && (!(data17 % 1) && !isNaN(data17)) && isFinite(data17))) {
                                                validate81.errors = [{ instancePath: instancePath + "/file", schemaPath: "#/properties/file/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                                return false;
                                              }
                                              if (errors === _errs35) {
                                                if (typeof data17 == "number" && isFinite(data17)) {
                                                  if (data17 < 0 || isNaN(data17)) {
                                                    validate81.errors = [{ instancePath: instancePath + "/file", schemaPath: "#/properties/file/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                                    return false;
                                                  }
                                                }
                                              }
                                              var valid0 = _errs35 === errors;
                                            } else {
                                              var valid0 = true;
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate81.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate81.errors = vErrors;
  return errors === 0;
}
function validate77(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.files === void 0 && (missing0 = "files") || data.times === void 0 && (missing0 = "times")) {
        validate77.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "files" || key0 === "times")) {
            validate77.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.files !== void 0) {
            let data0 = data.files;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const _errs4 = errors;
                  if (!validate78(data0[i0], { instancePath: instancePath + "/files/" + i0, parentData: data0, parentDataProperty: i0, rootData })) {
                    vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
                    errors = vErrors.length;
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate77.errors = [{ instancePath: instancePath + "/files", schemaPath: "#/properties/files/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.times !== void 0) {
              let data2 = data.times;
              const _errs5 = errors;
              if (errors === _errs5) {
                if (Array.isArray(data2)) {
                  var valid2 = true;
                  const len1 = data2.length;
                  for (let i1 = 0; i1 < len1; i1++) {
                    const _errs7 = errors;
                    if (!validate81(data2[i1], { instancePath: instancePath + "/times/" + i1, parentData: data2, parentDataProperty: i1, rootData })) {
                      vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
                      errors = vErrors.length;
                    }
                    var valid2 = _errs7 === errors;
                    if (!valid2) {
                      break;
                    }
                  }
                } else {
                  validate77.errors = [{ instancePath: instancePath + "/times", schemaPath: "#/properties/times/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate77.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate77.errors = vErrors;
  return errors === 0;
}
function validate85(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.size === void 0 && (missing0 = "size") || data.instances === void 0 && (missing0 = "instances") || data.sms === void 0 && (missing0 = "sms")) {
        validate85.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "size" || key0 === "instances" || key0 === "sms")) {
            validate85.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate85.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.size !== void 0) {
              let data1 = data.size;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate85.errors = [{ instancePath: instancePath + "/size", schemaPath: "#/properties/size/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 1 || isNaN(data1)) {
                    validate85.errors = [{ instancePath: instancePath + "/size", schemaPath: "#/properties/size/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.instances !== void 0) {
                let data2 = data.instances;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (Array.isArray(data2)) {
                    var valid1 = true;
                    const len0 = data2.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      let data3 = data2[i0];
                      const _errs8 = errors;
                      if (errors === _errs8) {
                        if (Array.isArray(data3)) {
                          var valid2 = true;
                          const len1 = data3.length;
                          for (let i1 = 0; i1 < len1; i1++) {
                            let data4 = data3[i1];
                            const _errs10 = errors;
                            if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                              validate85.errors = [{ instancePath: instancePath + "/instances/" + i0 + "/" + i1, schemaPath: "#/properties/instances/items/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs10) {
                              if (typeof data4 == "number" && isFinite(data4)) {
                                if (data4 < 0 || isNaN(data4)) {
                                  validate85.errors = [{ instancePath: instancePath + "/instances/" + i0 + "/" + i1, schemaPath: "#/properties/instances/items/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid2 = _errs10 === errors;
                            if (!valid2) {
                              break;
                            }
                          }
                        } else {
                          validate85.errors = [{ instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                          return false;
                        }
                      }
                      var valid1 = _errs8 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  } else {
                    validate85.errors = [{ instancePath: instancePath + "/instances", schemaPath: "#/properties/instances/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.sms !== void 0) {
                  let data5 = data.sms;
                  const _errs12 = errors;
                  if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                    validate85.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs12) {
                    if (typeof data5 == "number" && isFinite(data5)) {
                      if (data5 < 0 || isNaN(data5)) {
                        validate85.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs12 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate85.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate85.errors = vErrors;
  return errors === 0;
}
function validate88(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.expert_of_slot === void 0 && (missing0 = "expert_of_slot") || data.replica_begin === void 0 && (missing0 = "replica_begin") || data.replica_slot === void 0 && (missing0 = "replica_slot")) {
        validate88.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "expert_of_slot" || key0 === "replica_begin" || key0 === "replica_slot")) {
            validate88.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.expert_of_slot !== void 0) {
            let data0 = data.expert_of_slot;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  let data1 = data0[i0];
                  const _errs4 = errors;
                  if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                    validate88.errors = [{ instancePath: instancePath + "/expert_of_slot/" + i0, schemaPath: "#/properties/expert_of_slot/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs4) {
                    if (typeof data1 == "number" && isFinite(data1)) {
                      if (data1 < 0 || isNaN(data1)) {
                        validate88.errors = [{ instancePath: instancePath + "/expert_of_slot/" + i0, schemaPath: "#/properties/expert_of_slot/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate88.errors = [{ instancePath: instancePath + "/expert_of_slot", schemaPath: "#/properties/expert_of_slot/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.replica_begin !== void 0) {
              let data2 = data.replica_begin;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (Array.isArray(data2)) {
                  var valid2 = true;
                  const len1 = data2.length;
                  for (let i1 = 0; i1 < len1; i1++) {
                    let data3 = data2[i1];
                    const _errs8 = errors;
                    if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                      validate88.errors = [{ instancePath: instancePath + "/replica_begin/" + i1, schemaPath: "#/properties/replica_begin/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs8) {
                      if (typeof data3 == "number" && isFinite(data3)) {
                        if (data3 < 0 || isNaN(data3)) {
                          validate88.errors = [{ instancePath: instancePath + "/replica_begin/" + i1, schemaPath: "#/properties/replica_begin/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid2 = _errs8 === errors;
                    if (!valid2) {
                      break;
                    }
                  }
                } else {
                  validate88.errors = [{ instancePath: instancePath + "/replica_begin", schemaPath: "#/properties/replica_begin/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs6 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.replica_slot !== void 0) {
                let data4 = data.replica_slot;
                const _errs10 = errors;
                if (errors === _errs10) {
                  if (Array.isArray(data4)) {
                    var valid3 = true;
                    const len2 = data4.length;
                    for (let i2 = 0; i2 < len2; i2++) {
                      let data5 = data4[i2];
                      const _errs12 = errors;
                      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                        validate88.errors = [{ instancePath: instancePath + "/replica_slot/" + i2, schemaPath: "#/properties/replica_slot/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                        return false;
                      }
                      if (errors === _errs12) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 < 0 || isNaN(data5)) {
                            validate88.errors = [{ instancePath: instancePath + "/replica_slot/" + i2, schemaPath: "#/properties/replica_slot/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        }
                      }
                      var valid3 = _errs12 === errors;
                      if (!valid3) {
                        break;
                      }
                    }
                  } else {
                    validate88.errors = [{ instancePath: instancePath + "/replica_slot", schemaPath: "#/properties/replica_slot/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs10 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate88.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate88.errors = vErrors;
  return errors === 0;
}
function validate87(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.block === void 0 && (missing0 = "block") || data.gate === void 0 && (missing0 = "gate") || data.experts === void 0 && (missing0 = "experts") || data.slots === void 0 && (missing0 = "slots") || data.slot_begin === void 0 && (missing0 = "slot_begin") || data.layers === void 0 && (missing0 = "layers")) {
        validate87.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "block" || key0 === "gate" || key0 === "experts" || key0 === "slots" || key0 === "slot_begin" || key0 === "layers")) {
            validate87.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate87.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.block !== void 0) {
              const _errs4 = errors;
              if (typeof data.block !== "string") {
                validate87.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.gate !== void 0) {
                const _errs6 = errors;
                if (typeof data.gate !== "string") {
                  validate87.errors = [{ instancePath: instancePath + "/gate", schemaPath: "#/properties/gate/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.experts !== void 0) {
                  let data3 = data.experts;
                  const _errs8 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    validate87.errors = [{ instancePath: instancePath + "/experts", schemaPath: "#/properties/experts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs8) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 1 || isNaN(data3)) {
                        validate87.errors = [{ instancePath: instancePath + "/experts", schemaPath: "#/properties/experts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.slots !== void 0) {
                    let data4 = data.slots;
                    const _errs10 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate87.errors = [{ instancePath: instancePath + "/slots", schemaPath: "#/properties/slots/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs10) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 1 || isNaN(data4)) {
                          validate87.errors = [{ instancePath: instancePath + "/slots", schemaPath: "#/properties/slots/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.slot_begin !== void 0) {
                      let data5 = data.slot_begin;
                      const _errs12 = errors;
                      if (errors === _errs12) {
                        if (Array.isArray(data5)) {
                          var valid1 = true;
                          const len0 = data5.length;
                          for (let i0 = 0; i0 < len0; i0++) {
                            let data6 = data5[i0];
                            const _errs14 = errors;
                            if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                              validate87.errors = [{ instancePath: instancePath + "/slot_begin/" + i0, schemaPath: "#/properties/slot_begin/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs14) {
                              if (typeof data6 == "number" && isFinite(data6)) {
                                if (data6 < 0 || isNaN(data6)) {
                                  validate87.errors = [{ instancePath: instancePath + "/slot_begin/" + i0, schemaPath: "#/properties/slot_begin/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              }
                            }
                            var valid1 = _errs14 === errors;
                            if (!valid1) {
                              break;
                            }
                          }
                        } else {
                          validate87.errors = [{ instancePath: instancePath + "/slot_begin", schemaPath: "#/properties/slot_begin/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                          return false;
                        }
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.layers !== void 0) {
                        let data7 = data.layers;
                        const _errs16 = errors;
                        if (errors === _errs16) {
                          if (Array.isArray(data7)) {
                            var valid2 = true;
                            const len1 = data7.length;
                            for (let i1 = 0; i1 < len1; i1++) {
                              const _errs18 = errors;
                              if (!validate88(data7[i1], { instancePath: instancePath + "/layers/" + i1, parentData: data7, parentDataProperty: i1, rootData })) {
                                vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
                                errors = vErrors.length;
                              }
                              var valid2 = _errs18 === errors;
                              if (!valid2) {
                                break;
                              }
                            }
                          } else {
                            validate87.errors = [{ instancePath: instancePath + "/layers", schemaPath: "#/properties/layers/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                            return false;
                          }
                        }
                        var valid0 = _errs16 === errors;
                      } else {
                        var valid0 = true;
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate87.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate87.errors = vErrors;
  return errors === 0;
}
var schema36 = { "title": "Exchange", "type": "object", "additionalProperties": false, "required": ["name", "block", "gate", "dispatch", "combine", "placement", "group", "transport", "algorithm", "tokens", "mean_rows", "capacity_rows", "layouts", "phases"], "properties": { "name": { "type": "string" }, "block": { "type": "string" }, "gate": { "type": "string" }, "dispatch": { "type": "string" }, "combine": { "type": "string" }, "placement": { "type": "string" }, "group": { "type": "string" }, "ranks_per_node": { "type": "integer", "minimum": 1 }, "partial_sums": { "type": "boolean" }, "transport": { "type": "string", "enum": ["nccl", "deepep"] }, "algorithm": { "type": "string" }, "tokens": { "$ref": "#/definitions/TokenPolicy" }, "atom_rows": { "$ref": "#/definitions/Sized" }, "mean_rows": { "$ref": "#/definitions/Sized" }, "most_copies": { "$ref": "#/definitions/Sized" }, "capacity_rows": { "$ref": "#/definitions/Sized" }, "chunks": { "type": "array", "items": { "$ref": "#/definitions/SlotRange" } }, "layouts": { "type": "array", "items": { "$ref": "#/definitions/AtomLayout" } }, "phases": { "type": "array", "items": { "$ref": "#/definitions/Phase" } } } };
var schema37 = { "title": "TokenPolicy", "type": "object", "additionalProperties": false, "required": ["policy"], "properties": { "policy": { "type": "string", "enum": ["dropless", "capacity"] }, "factor": { "type": "number", "exclusiveMinimum": 0 }, "bound": { "type": "number", "minimum": 1 }, "overflow": { "type": "string", "enum": ["abort", "rounds"] } } };
function validate92(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.policy === void 0 && (missing0 = "policy")) {
        validate92.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "policy" || key0 === "factor" || key0 === "bound" || key0 === "overflow")) {
            validate92.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.policy !== void 0) {
            let data0 = data.policy;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate92.errors = [{ instancePath: instancePath + "/policy", schemaPath: "#/properties/policy/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "dropless" || data0 === "capacity")) {
              validate92.errors = [{ instancePath: instancePath + "/policy", schemaPath: "#/properties/policy/enum", keyword: "enum", params: { allowedValues: schema37.properties.policy.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.factor !== void 0) {
              let data1 = data.factor;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 <= 0 || isNaN(data1)) {
                    validate92.errors = [{ instancePath: instancePath + "/factor", schemaPath: "#/properties/factor/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0" }];
                    return false;
                  }
                } else {
                  validate92.errors = [{ instancePath: instancePath + "/factor", schemaPath: "#/properties/factor/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.bound !== void 0) {
                let data2 = data.bound;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate92.errors = [{ instancePath: instancePath + "/bound", schemaPath: "#/properties/bound/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  } else {
                    validate92.errors = [{ instancePath: instancePath + "/bound", schemaPath: "#/properties/bound/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.overflow !== void 0) {
                  let data3 = data.overflow;
                  const _errs8 = errors;
                  if (typeof data3 !== "string") {
                    validate92.errors = [{ instancePath: instancePath + "/overflow", schemaPath: "#/properties/overflow/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  if (!(data3 === "abort" || data3 === "rounds")) {
                    validate92.errors = [{ instancePath: instancePath + "/overflow", schemaPath: "#/properties/overflow/enum", keyword: "enum", params: { allowedValues: schema37.properties.overflow.enum }, message: "must be equal to one of the allowed values" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate92.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate92.errors = vErrors;
  return errors === 0;
}
function validate94(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.expr === void 0 && (missing0 = "expr") || data.value === void 0 && (missing0 = "value")) {
        validate94.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "expr" || key0 === "value")) {
            validate94.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.expr !== void 0) {
            const _errs2 = errors;
            if (!validate29(data.expr, { instancePath: instancePath + "/expr", parentData: data, parentDataProperty: "expr", rootData })) {
              vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.value !== void 0) {
              let data1 = data.value;
              const _errs3 = errors;
              if (!(typeof data1 == "number" && isFinite(data1))) {
                validate94.errors = [{ instancePath: instancePath + "/value", schemaPath: "#/properties/value/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate94.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate94.errors = vErrors;
  return errors === 0;
}
function validate100(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.first === void 0 && (missing0 = "first") || data.count === void 0 && (missing0 = "count")) {
        validate100.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "first" || key0 === "count")) {
            validate100.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.first !== void 0) {
            let data0 = data.first;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
              validate100.errors = [{ instancePath: instancePath + "/first", schemaPath: "#/properties/first/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
              return false;
            }
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 < 0 || isNaN(data0)) {
                  validate100.errors = [{ instancePath: instancePath + "/first", schemaPath: "#/properties/first/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                  return false;
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.count !== void 0) {
              let data1 = data.count;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate100.errors = [{ instancePath: instancePath + "/count", schemaPath: "#/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 1 || isNaN(data1)) {
                    validate100.errors = [{ instancePath: instancePath + "/count", schemaPath: "#/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate100.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate100.errors = vErrors;
  return errors === 0;
}
var schema40 = { "title": "AtomLayout", "type": "object", "additionalProperties": false, "required": ["name", "holds", "order"], "properties": { "name": { "type": "string" }, "holds": { "$ref": "#/definitions/AtomSet" }, "order": { "type": "array", "items": { "type": "string", "enum": ["slot", "host", "source", "rail", "node"] }, "minItems": 2, "maxItems": 3 }, "copies": { "type": "string", "enum": ["only", "too"] } } };
function validate106(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.first === void 0 && (missing0 = "first") || data.step === void 0 && (missing0 = "step") || data.count === void 0 && (missing0 = "count")) {
        validate106.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "first" || key0 === "step" || key0 === "count")) {
            validate106.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.first !== void 0) {
            const _errs2 = errors;
            if (!validate29(data.first, { instancePath: instancePath + "/first", parentData: data, parentDataProperty: "first", rootData })) {
              vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.step !== void 0) {
              let data1 = data.step;
              const _errs3 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate106.errors = [{ instancePath: instancePath + "/step", schemaPath: "#/properties/step/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs3) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 1 || isNaN(data1)) {
                    validate106.errors = [{ instancePath: instancePath + "/step", schemaPath: "#/properties/step/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.count !== void 0) {
                let data2 = data.count;
                const _errs5 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate106.errors = [{ instancePath: instancePath + "/count", schemaPath: "#/properties/count/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs5) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate106.errors = [{ instancePath: instancePath + "/count", schemaPath: "#/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate106.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate106.errors = vErrors;
  return errors === 0;
}
function validate104(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!validate29(data, { instancePath, parentData, parentDataProperty, rootData })) {
    vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
    errors = vErrors.length;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs2 = errors;
    if (!validate106(data, { instancePath, parentData, parentDataProperty, rootData })) {
      vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs2 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err0 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
    validate104.errors = vErrors;
    return false;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate104.errors = vErrors;
  return errors === 0;
}
function validate103(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.source === void 0 && (missing0 = "source") || data.host === void 0 && (missing0 = "host")) {
        validate103.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "source" || key0 === "host" || key0 === "slot" || key0 === "slots")) {
            validate103.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.source !== void 0) {
            const _errs2 = errors;
            if (!validate104(data.source, { instancePath: instancePath + "/source", parentData: data, parentDataProperty: "source", rootData })) {
              vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.host !== void 0) {
              const _errs3 = errors;
              if (!validate104(data.host, { instancePath: instancePath + "/host", parentData: data, parentDataProperty: "host", rootData })) {
                vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.slot !== void 0) {
                const _errs4 = errors;
                if (!validate29(data.slot, { instancePath: instancePath + "/slot", parentData: data, parentDataProperty: "slot", rootData })) {
                  vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.slots !== void 0) {
                  const _errs5 = errors;
                  if (!validate100(data.slots, { instancePath: instancePath + "/slots", parentData: data, parentDataProperty: "slots", rootData })) {
                    vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs5 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate103.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate103.errors = vErrors;
  return errors === 0;
}
function validate102(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.holds === void 0 && (missing0 = "holds") || data.order === void 0 && (missing0 = "order")) {
        validate102.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "holds" || key0 === "order" || key0 === "copies")) {
            validate102.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate102.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.holds !== void 0) {
              const _errs4 = errors;
              if (!validate103(data.holds, { instancePath: instancePath + "/holds", parentData: data, parentDataProperty: "holds", rootData })) {
                vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.order !== void 0) {
                let data2 = data.order;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (Array.isArray(data2)) {
                    if (data2.length > 3) {
                      validate102.errors = [{ instancePath: instancePath + "/order", schemaPath: "#/properties/order/maxItems", keyword: "maxItems", params: { limit: 3 }, message: "must NOT have more than 3 items" }];
                      return false;
                    } else {
                      if (data2.length < 2) {
                        validate102.errors = [{ instancePath: instancePath + "/order", schemaPath: "#/properties/order/minItems", keyword: "minItems", params: { limit: 2 }, message: "must NOT have fewer than 2 items" }];
                        return false;
                      } else {
                        var valid1 = true;
                        const len0 = data2.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          let data3 = data2[i0];
                          const _errs7 = errors;
                          if (typeof data3 !== "string") {
                            validate102.errors = [{ instancePath: instancePath + "/order/" + i0, schemaPath: "#/properties/order/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                          if (!(data3 === "slot" || data3 === "host" || data3 === "source" || data3 === "rail" || data3 === "node")) {
                            validate102.errors = [{ instancePath: instancePath + "/order/" + i0, schemaPath: "#/properties/order/items/enum", keyword: "enum", params: { allowedValues: schema40.properties.order.items.enum }, message: "must be equal to one of the allowed values" }];
                            return false;
                          }
                          var valid1 = _errs7 === errors;
                          if (!valid1) {
                            break;
                          }
                        }
                      }
                    }
                  } else {
                    validate102.errors = [{ instancePath: instancePath + "/order", schemaPath: "#/properties/order/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.copies !== void 0) {
                  let data4 = data.copies;
                  const _errs9 = errors;
                  if (typeof data4 !== "string") {
                    validate102.errors = [{ instancePath: instancePath + "/copies", schemaPath: "#/properties/copies/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  if (!(data4 === "only" || data4 === "too")) {
                    validate102.errors = [{ instancePath: instancePath + "/copies", schemaPath: "#/properties/copies/enum", keyword: "enum", params: { allowedValues: schema40.properties.copies.enum }, message: "must be equal to one of the allowed values" }];
                    return false;
                  }
                  var valid0 = _errs9 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate102.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate102.errors = vErrors;
  return errors === 0;
}
var schema44 = { "title": "Phase", "type": "object", "additionalProperties": false, "required": ["name", "carries", "steps"], "properties": { "name": { "type": "string" }, "carries": { "type": "string", "enum": ["counts", "rows", "copies"] }, "group": { "type": "string" }, "steps": { "type": "array", "items": { "$ref": "#/definitions/Step" } } } };
function validate116(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.to === void 0 && (missing0 = "to") || data.from === void 0 && (missing0 = "from") || data.send === void 0 && (missing0 = "send") || data.receive === void 0 && (missing0 = "receive")) {
        validate116.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "to" || key0 === "from" || key0 === "send" || key0 === "receive")) {
            validate116.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.to !== void 0) {
            const _errs2 = errors;
            if (!validate29(data.to, { instancePath: instancePath + "/to", parentData: data, parentDataProperty: "to", rootData })) {
              vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.from !== void 0) {
              const _errs3 = errors;
              if (!validate29(data.from, { instancePath: instancePath + "/from", parentData: data, parentDataProperty: "from", rootData })) {
                vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.send !== void 0) {
                const _errs4 = errors;
                if (!validate103(data.send, { instancePath: instancePath + "/send", parentData: data, parentDataProperty: "send", rootData })) {
                  vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.receive !== void 0) {
                  const _errs5 = errors;
                  if (!validate103(data.receive, { instancePath: instancePath + "/receive", parentData: data, parentDataProperty: "receive", rootData })) {
                    vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs5 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate116.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate116.errors = vErrors;
  return errors === 0;
}
function validate115(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.carries === void 0 && (missing0 = "carries") || data.steps === void 0 && (missing0 = "steps")) {
        validate115.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "carries" || key0 === "group" || key0 === "steps")) {
            validate115.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate115.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.carries !== void 0) {
              let data1 = data.carries;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate115.errors = [{ instancePath: instancePath + "/carries", schemaPath: "#/properties/carries/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "counts" || data1 === "rows" || data1 === "copies")) {
                validate115.errors = [{ instancePath: instancePath + "/carries", schemaPath: "#/properties/carries/enum", keyword: "enum", params: { allowedValues: schema44.properties.carries.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.group !== void 0) {
                const _errs6 = errors;
                if (typeof data.group !== "string") {
                  validate115.errors = [{ instancePath: instancePath + "/group", schemaPath: "#/properties/group/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.steps !== void 0) {
                  let data3 = data.steps;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data3)) {
                      var valid1 = true;
                      const len0 = data3.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs10 = errors;
                        if (!validate116(data3[i0], { instancePath: instancePath + "/steps/" + i0, parentData: data3, parentDataProperty: i0, rootData })) {
                          vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs10 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate115.errors = [{ instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate115.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate115.errors = vErrors;
  return errors === 0;
}
function validate91(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.block === void 0 && (missing0 = "block") || data.gate === void 0 && (missing0 = "gate") || data.dispatch === void 0 && (missing0 = "dispatch") || data.combine === void 0 && (missing0 = "combine") || data.placement === void 0 && (missing0 = "placement") || data.group === void 0 && (missing0 = "group") || data.transport === void 0 && (missing0 = "transport") || data.algorithm === void 0 && (missing0 = "algorithm") || data.tokens === void 0 && (missing0 = "tokens") || data.mean_rows === void 0 && (missing0 = "mean_rows") || data.capacity_rows === void 0 && (missing0 = "capacity_rows") || data.layouts === void 0 && (missing0 = "layouts") || data.phases === void 0 && (missing0 = "phases")) {
        validate91.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema36.properties, key0)) {
            validate91.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate91.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.block !== void 0) {
              const _errs4 = errors;
              if (typeof data.block !== "string") {
                validate91.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.gate !== void 0) {
                const _errs6 = errors;
                if (typeof data.gate !== "string") {
                  validate91.errors = [{ instancePath: instancePath + "/gate", schemaPath: "#/properties/gate/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.dispatch !== void 0) {
                  const _errs8 = errors;
                  if (typeof data.dispatch !== "string") {
                    validate91.errors = [{ instancePath: instancePath + "/dispatch", schemaPath: "#/properties/dispatch/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.combine !== void 0) {
                    const _errs10 = errors;
                    if (typeof data.combine !== "string") {
                      validate91.errors = [{ instancePath: instancePath + "/combine", schemaPath: "#/properties/combine/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.placement !== void 0) {
                      const _errs12 = errors;
                      if (typeof data.placement !== "string") {
                        validate91.errors = [{ instancePath: instancePath + "/placement", schemaPath: "#/properties/placement/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                        return false;
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.group !== void 0) {
                        const _errs14 = errors;
                        if (typeof data.group !== "string") {
                          validate91.errors = [{ instancePath: instancePath + "/group", schemaPath: "#/properties/group/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid0 = _errs14 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.ranks_per_node !== void 0) {
                          let data7 = data.ranks_per_node;
                          const _errs16 = errors;
                          if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                            validate91.errors = [{ instancePath: instancePath + "/ranks_per_node", schemaPath: "#/properties/ranks_per_node/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs16) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 < 1 || isNaN(data7)) {
                                validate91.errors = [{ instancePath: instancePath + "/ranks_per_node", schemaPath: "#/properties/ranks_per_node/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                return false;
                              }
                            }
                          }
                          var valid0 = _errs16 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.partial_sums !== void 0) {
                            const _errs18 = errors;
                            if (typeof data.partial_sums !== "boolean") {
                              validate91.errors = [{ instancePath: instancePath + "/partial_sums", schemaPath: "#/properties/partial_sums/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                              return false;
                            }
                            var valid0 = _errs18 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.transport !== void 0) {
                              let data9 = data.transport;
                              const _errs20 = errors;
                              if (typeof data9 !== "string") {
                                validate91.errors = [{ instancePath: instancePath + "/transport", schemaPath: "#/properties/transport/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                return false;
                              }
                              if (!(data9 === "nccl" || data9 === "deepep")) {
                                validate91.errors = [{ instancePath: instancePath + "/transport", schemaPath: "#/properties/transport/enum", keyword: "enum", params: { allowedValues: schema36.properties.transport.enum }, message: "must be equal to one of the allowed values" }];
                                return false;
                              }
                              var valid0 = _errs20 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.algorithm !== void 0) {
                                const _errs22 = errors;
                                if (typeof data.algorithm !== "string") {
                                  validate91.errors = [{ instancePath: instancePath + "/algorithm", schemaPath: "#/properties/algorithm/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                  return false;
                                }
                                var valid0 = _errs22 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.tokens !== void 0) {
                                  const _errs24 = errors;
                                  if (!validate92(data.tokens, { instancePath: instancePath + "/tokens", parentData: data, parentDataProperty: "tokens", rootData })) {
                                    vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
                                    errors = vErrors.length;
                                  }
                                  var valid0 = _errs24 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.atom_rows !== void 0) {
                                    const _errs25 = errors;
                                    if (!validate94(data.atom_rows, { instancePath: instancePath + "/atom_rows", parentData: data, parentDataProperty: "atom_rows", rootData })) {
                                      vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid0 = _errs25 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.mean_rows !== void 0) {
                                      const _errs26 = errors;
                                      if (!validate94(data.mean_rows, { instancePath: instancePath + "/mean_rows", parentData: data, parentDataProperty: "mean_rows", rootData })) {
                                        vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid0 = _errs26 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.most_copies !== void 0) {
                                        const _errs27 = errors;
                                        if (!validate94(data.most_copies, { instancePath: instancePath + "/most_copies", parentData: data, parentDataProperty: "most_copies", rootData })) {
                                          vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid0 = _errs27 === errors;
                                      } else {
                                        var valid0 = true;
                                      }
                                      if (valid0) {
                                        if (data.capacity_rows !== void 0) {
                                          const _errs28 = errors;
                                          if (!validate94(data.capacity_rows, { instancePath: instancePath + "/capacity_rows", parentData: data, parentDataProperty: "capacity_rows", rootData })) {
                                            vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid0 = _errs28 === errors;
                                        } else {
                                          var valid0 = true;
                                        }
                                        if (valid0) {
                                          if (data.chunks !== void 0) {
                                            let data16 = data.chunks;
                                            const _errs29 = errors;
                                            if (errors === _errs29) {
                                              if (Array.isArray(data16)) {
                                                var valid1 = true;
                                                const len0 = data16.length;
                                                for (let i0 = 0; i0 < len0; i0++) {
                                                  const _errs31 = errors;
                                                  if (!validate100(data16[i0], { instancePath: instancePath + "/chunks/" + i0, parentData: data16, parentDataProperty: i0, rootData })) {
                                                    vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
                                                    errors = vErrors.length;
                                                  }
                                                  var valid1 = _errs31 === errors;
                                                  if (!valid1) {
                                                    break;
                                                  }
                                                }
                                              } else {
                                                validate91.errors = [{ instancePath: instancePath + "/chunks", schemaPath: "#/properties/chunks/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                                return false;
                                              }
                                            }
                                            var valid0 = _errs29 === errors;
                                          } else {
                                            var valid0 = true;
                                          }
                                          if (valid0) {
                                            if (data.layouts !== void 0) {
                                              let data18 = data.layouts;
                                              const _errs32 = errors;
                                              if (errors === _errs32) {
                                                if (Array.isArray(data18)) {
                                                  var valid2 = true;
                                                  const len1 = data18.length;
                                                  for (let i1 = 0; i1 < len1; i1++) {
                                                    const _errs34 = errors;
                                                    if (!validate102(data18[i1], { instancePath: instancePath + "/layouts/" + i1, parentData: data18, parentDataProperty: i1, rootData })) {
                                                      vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
                                                      errors = vErrors.length;
                                                    }
                                                    var valid2 = _errs34 === errors;
                                                    if (!valid2) {
                                                      break;
                                                    }
                                                  }
                                                } else {
                                                  validate91.errors = [{ instancePath: instancePath + "/layouts", schemaPath: "#/properties/layouts/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                                  return false;
                                                }
                                              }
                                              var valid0 = _errs32 === errors;
                                            } else {
                                              var valid0 = true;
                                            }
                                            if (valid0) {
                                              if (data.phases !== void 0) {
                                                let data20 = data.phases;
                                                const _errs35 = errors;
                                                if (errors === _errs35) {
                                                  if (Array.isArray(data20)) {
                                                    var valid3 = true;
                                                    const len2 = data20.length;
                                                    for (let i2 = 0; i2 < len2; i2++) {
                                                      const _errs37 = errors;
                                                      if (!validate115(data20[i2], { instancePath: instancePath + "/phases/" + i2, parentData: data20, parentDataProperty: i2, rootData })) {
                                                        vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
                                                        errors = vErrors.length;
                                                      }
                                                      var valid3 = _errs37 === errors;
                                                      if (!valid3) {
                                                        break;
                                                      }
                                                    }
                                                  } else {
                                                    validate91.errors = [{ instancePath: instancePath + "/phases", schemaPath: "#/properties/phases/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                                    return false;
                                                  }
                                                }
                                                var valid0 = _errs35 === errors;
                                              } else {
                                                var valid0 = true;
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate91.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate91.errors = vErrors;
  return errors === 0;
}
function validate125(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.offset === void 0 && (missing0 = "offset") || data.bytes === void 0 && (missing0 = "bytes")) {
        validate125.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "offset" || key0 === "bytes")) {
            validate125.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate125.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.offset !== void 0) {
              const _errs4 = errors;
              if (!validate94(data.offset, { instancePath: instancePath + "/offset", parentData: data, parentDataProperty: "offset", rootData })) {
                vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.bytes !== void 0) {
                const _errs5 = errors;
                if (!validate94(data.bytes, { instancePath: instancePath + "/bytes", parentData: data, parentDataProperty: "bytes", rootData })) {
                  vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate125.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate125.errors = vErrors;
  return errors === 0;
}
var schema48 = { "title": "Buffer", "type": "object", "additionalProperties": false, "required": ["name", "kind", "precision", "shape", "instances", "instance_bytes", "region"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["weights", "table", "state", "input", "output", "activation", "exchange", "counts"] }, "precision": { "$ref": "#/definitions/PrecisionClass" }, "shape": { "type": "array", "items": { "$ref": "#/definitions/Expr" } }, "instances": { "$ref": "#/definitions/Sized" }, "instance_bytes": { "$ref": "#/definitions/Sized" }, "region": { "type": "string" }, "layout": { "$ref": "#/definitions/LayoutRef" }, "init": { "$ref": "#/definitions/Init" } } };
function validate135(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.exchange === void 0 && (missing0 = "exchange") || data.layout === void 0 && (missing0 = "layout")) {
        validate135.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "exchange" || key0 === "layout")) {
            validate135.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.exchange !== void 0) {
            const _errs2 = errors;
            if (typeof data.exchange !== "string") {
              validate135.errors = [{ instancePath: instancePath + "/exchange", schemaPath: "#/properties/exchange/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.layout !== void 0) {
              const _errs4 = errors;
              if (typeof data.layout !== "string") {
                validate135.errors = [{ instancePath: instancePath + "/layout", schemaPath: "#/properties/layout/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate135.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate135.errors = vErrors;
  return errors === 0;
}
var schema50 = { "title": "Init", "type": "object", "discriminator": { "propertyName": "kind" }, "required": ["kind"], "oneOf": [{ "title": "WeightInit", "type": "object", "additionalProperties": false, "required": ["kind", "block", "node", "weight", "per_slot"], "properties": { "kind": { "const": "weight" }, "block": { "type": "string" }, "node": { "type": "string" }, "weight": { "type": "string" }, "per_slot": { "type": "boolean" }, "placement": { "type": "string" } } }, { "title": "TableInit", "type": "object", "additionalProperties": false, "required": ["kind", "placement", "table"], "properties": { "kind": { "const": "table" }, "placement": { "type": "string" }, "table": { "type": "string", "enum": ["replica_begin", "replica_slot", "slot_begin", "atom_rows"] } } }, { "title": "StateInit", "type": "object", "additionalProperties": false, "required": ["kind", "block", "node", "state", "micro_batch"], "properties": { "kind": { "const": "state" }, "block": { "type": "string" }, "node": { "type": "string" }, "state": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 } } }, { "title": "InputInit", "type": "object", "additionalProperties": false, "required": ["kind", "micro_batch"], "properties": { "kind": { "const": "input" }, "micro_batch": { "type": "integer", "minimum": 0 } } }] };
function validate137(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind")) {
        validate137.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const tag0 = data.kind;
        if (typeof tag0 == "string") {
          if (tag0 === "weight") {
            const _errs2 = errors;
            if (errors === _errs2) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                let missing1;
                if (data.kind === void 0 && (missing1 = "kind") || data.block === void 0 && (missing1 = "block") || data.node === void 0 && (missing1 = "node") || data.weight === void 0 && (missing1 = "weight") || data.per_slot === void 0 && (missing1 = "per_slot")) {
                  validate137.errors = [{ instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" }];
                  return false;
                } else {
                  const _errs4 = errors;
                  for (const key0 in data) {
                    if (!(key0 === "kind" || key0 === "block" || key0 === "node" || key0 === "weight" || key0 === "per_slot" || key0 === "placement")) {
                      validate137.errors = [{ instancePath, schemaPath: "#/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
                      return false;
                      break;
                    }
                  }
                  if (_errs4 === errors) {
                    if (data.kind !== void 0) {
                      const _errs5 = errors;
                      if ("weight" !== data.kind) {
                        validate137.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/oneOf/0/properties/kind/const", keyword: "const", params: { allowedValue: "weight" }, message: "must be equal to constant" }];
                        return false;
                      }
                      var valid2 = _errs5 === errors;
                    } else {
                      var valid2 = true;
                    }
                    if (valid2) {
                      if (data.block !== void 0) {
                        const _errs6 = errors;
                        if (typeof data.block !== "string") {
                          validate137.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/oneOf/0/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid2 = _errs6 === errors;
                      } else {
                        var valid2 = true;
                      }
                      if (valid2) {
                        if (data.node !== void 0) {
                          const _errs8 = errors;
                          if (typeof data.node !== "string") {
                            validate137.errors = [{ instancePath: instancePath + "/node", schemaPath: "#/oneOf/0/properties/node/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                          var valid2 = _errs8 === errors;
                        } else {
                          var valid2 = true;
                        }
                        if (valid2) {
                          if (data.weight !== void 0) {
                            const _errs10 = errors;
                            if (typeof data.weight !== "string") {
                              validate137.errors = [{ instancePath: instancePath + "/weight", schemaPath: "#/oneOf/0/properties/weight/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            var valid2 = _errs10 === errors;
                          } else {
                            var valid2 = true;
                          }
                          if (valid2) {
                            if (data.per_slot !== void 0) {
                              const _errs12 = errors;
                              if (typeof data.per_slot !== "boolean") {
                                validate137.errors = [{ instancePath: instancePath + "/per_slot", schemaPath: "#/oneOf/0/properties/per_slot/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                                return false;
                              }
                              var valid2 = _errs12 === errors;
                            } else {
                              var valid2 = true;
                            }
                            if (valid2) {
                              if (data.placement !== void 0) {
                                const _errs14 = errors;
                                if (typeof data.placement !== "string") {
                                  validate137.errors = [{ instancePath: instancePath + "/placement", schemaPath: "#/oneOf/0/properties/placement/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                  return false;
                                }
                                var valid2 = _errs14 === errors;
                              } else {
                                var valid2 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              } else {
                validate137.errors = [{ instancePath, schemaPath: "#/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
            }
          } else if (tag0 === "table") {
            const _errs16 = errors;
            if (errors === _errs16) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                let missing2;
                if (data.kind === void 0 && (missing2 = "kind") || data.placement === void 0 && (missing2 = "placement") || data.table === void 0 && (missing2 = "table")) {
                  validate137.errors = [{ instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: missing2 }, message: "must have required property '" + missing2 + "'" }];
                  return false;
                } else {
                  const _errs18 = errors;
                  for (const key1 in data) {
                    if (!(key1 === "kind" || key1 === "placement" || key1 === "table")) {
                      validate137.errors = [{ instancePath, schemaPath: "#/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" }];
                      return false;
                      break;
                    }
                  }
                  if (_errs18 === errors) {
                    if (data.kind !== void 0) {
                      const _errs19 = errors;
                      if ("table" !== data.kind) {
                        validate137.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/oneOf/1/properties/kind/const", keyword: "const", params: { allowedValue: "table" }, message: "must be equal to constant" }];
                        return false;
                      }
                      var valid4 = _errs19 === errors;
                    } else {
                      var valid4 = true;
                    }
                    if (valid4) {
                      if (data.placement !== void 0) {
                        const _errs20 = errors;
                        if (typeof data.placement !== "string") {
                          validate137.errors = [{ instancePath: instancePath + "/placement", schemaPath: "#/oneOf/1/properties/placement/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid4 = _errs20 === errors;
                      } else {
                        var valid4 = true;
                      }
                      if (valid4) {
                        if (data.table !== void 0) {
                          let data8 = data.table;
                          const _errs22 = errors;
                          if (typeof data8 !== "string") {
                            validate137.errors = [{ instancePath: instancePath + "/table", schemaPath: "#/oneOf/1/properties/table/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                          if (!(data8 === "replica_begin" || data8 === "replica_slot" || data8 === "slot_begin" || data8 === "atom_rows")) {
                            validate137.errors = [{ instancePath: instancePath + "/table", schemaPath: "#/oneOf/1/properties/table/enum", keyword: "enum", params: { allowedValues: schema50.oneOf[1].properties.table.enum }, message: "must be equal to one of the allowed values" }];
                            return false;
                          }
                          var valid4 = _errs22 === errors;
                        } else {
                          var valid4 = true;
                        }
                      }
                    }
                  }
                }
              } else {
                validate137.errors = [{ instancePath, schemaPath: "#/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
            }
          } else if (tag0 === "state") {
            const _errs24 = errors;
            if (errors === _errs24) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                let missing3;
                if (data.kind === void 0 && (missing3 = "kind") || data.block === void 0 && (missing3 = "block") || data.node === void 0 && (missing3 = "node") || data.state === void 0 && (missing3 = "state") || data.micro_batch === void 0 && (missing3 = "micro_batch")) {
                  validate137.errors = [{ instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: missing3 }, message: "must have required property '" + missing3 + "'" }];
                  return false;
                } else {
                  const _errs26 = errors;
                  for (const key2 in data) {
                    if (!(key2 === "kind" || key2 === "block" || key2 === "node" || key2 === "state" || key2 === "micro_batch")) {
                      validate137.errors = [{ instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" }];
                      return false;
                      break;
                    }
                  }
                  if (_errs26 === errors) {
                    if (data.kind !== void 0) {
                      const _errs27 = errors;
                      if ("state" !== data.kind) {
                        validate137.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/oneOf/2/properties/kind/const", keyword: "const", params: { allowedValue: "state" }, message: "must be equal to constant" }];
                        return false;
                      }
                      var valid6 = _errs27 === errors;
                    } else {
                      var valid6 = true;
                    }
                    if (valid6) {
                      if (data.block !== void 0) {
                        const _errs28 = errors;
                        if (typeof data.block !== "string") {
                          validate137.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/oneOf/2/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid6 = _errs28 === errors;
                      } else {
                        var valid6 = true;
                      }
                      if (valid6) {
                        if (data.node !== void 0) {
                          const _errs30 = errors;
                          if (typeof data.node !== "string") {
                            validate137.errors = [{ instancePath: instancePath + "/node", schemaPath: "#/oneOf/2/properties/node/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                          var valid6 = _errs30 === errors;
                        } else {
                          var valid6 = true;
                        }
                        if (valid6) {
                          if (data.state !== void 0) {
                            const _errs32 = errors;
                            if (typeof data.state !== "string") {
                              validate137.errors = [{ instancePath: instancePath + "/state", schemaPath: "#/oneOf/2/properties/state/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            var valid6 = _errs32 === errors;
                          } else {
                            var valid6 = true;
                          }
                          if (valid6) {
                            if (data.micro_batch !== void 0) {
                              let data13 = data.micro_batch;
                              const _errs34 = errors;
                              if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
                                validate137.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/oneOf/2/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                return false;
                              }
                              if (errors === _errs34) {
                                if (typeof data13 == "number" && isFinite(data13)) {
                                  if (data13 < 0 || isNaN(data13)) {
                                    validate137.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/oneOf/2/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                }
                              }
                              var valid6 = _errs34 === errors;
                            } else {
                              var valid6 = true;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              } else {
                validate137.errors = [{ instancePath, schemaPath: "#/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
            }
          } else if (tag0 === "input") {
            const _errs36 = errors;
            if (errors === _errs36) {
              if (data && typeof data == "object" && !Array.isArray(data)) {
                let missing4;
                if (data.kind === void 0 && (missing4 = "kind") || data.micro_batch === void 0 && (missing4 = "micro_batch")) {
                  validate137.errors = [{ instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: missing4 }, message: "must have required property '" + missing4 + "'" }];
                  return false;
                } else {
                  const _errs38 = errors;
                  for (const key3 in data) {
                    if (!(key3 === "kind" || key3 === "micro_batch")) {
                      validate137.errors = [{ instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" }];
                      return false;
                      break;
                    }
                  }
                  if (_errs38 === errors) {
                    if (data.kind !== void 0) {
                      const _errs39 = errors;
                      if ("input" !== data.kind) {
                        validate137.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/oneOf/3/properties/kind/const", keyword: "const", params: { allowedValue: "input" }, message: "must be equal to constant" }];
                        return false;
                      }
                      var valid8 = _errs39 === errors;
                    } else {
                      var valid8 = true;
                    }
                    if (valid8) {
                      if (data.micro_batch !== void 0) {
                        let data15 = data.micro_batch;
                        const _errs40 = errors;
                        if (!(typeof data15 == "number" && (!(data15 % 1) && !isNaN(data15)) && isFinite(data15))) {
                          validate137.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/oneOf/3/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                          return false;
                        }
                        if (errors === _errs40) {
                          if (typeof data15 == "number" && isFinite(data15)) {
                            if (data15 < 0 || isNaN(data15)) {
                              validate137.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/oneOf/3/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          }
                        }
                        var valid8 = _errs40 === errors;
                      } else {
                        var valid8 = true;
                      }
                    }
                  }
                }
              } else {
                validate137.errors = [{ instancePath, schemaPath: "#/oneOf/3/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                return false;
              }
            }
          } else {
            validate137.errors = [{ instancePath, schemaPath: "#/discriminator", keyword: "discriminator", params: { error: "mapping", tag: "kind", tagValue: tag0 }, message: 'value of tag "kind" must be in oneOf' }];
            return false;
          }
        } else {
          validate137.errors = [{ instancePath, schemaPath: "#/discriminator", keyword: "discriminator", params: { error: "tag", tag: "kind", tagValue: tag0 }, message: 'tag "kind" must be string' }];
          return false;
        }
      }
    } else {
      validate137.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate137.errors = vErrors;
  return errors === 0;
}
function validate130(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.kind === void 0 && (missing0 = "kind") || data.precision === void 0 && (missing0 = "precision") || data.shape === void 0 && (missing0 = "shape") || data.instances === void 0 && (missing0 = "instances") || data.instance_bytes === void 0 && (missing0 = "instance_bytes") || data.region === void 0 && (missing0 = "region")) {
        validate130.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema48.properties, key0)) {
            validate130.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate130.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.kind !== void 0) {
              let data1 = data.kind;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate130.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "weights" || data1 === "table" || data1 === "state" || data1 === "input" || data1 === "output" || data1 === "activation" || data1 === "exchange" || data1 === "counts")) {
                validate130.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema48.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.precision !== void 0) {
                const _errs6 = errors;
                if (!validate35(data.precision, { instancePath: instancePath + "/precision", parentData: data, parentDataProperty: "precision", rootData })) {
                  vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.shape !== void 0) {
                  let data3 = data.shape;
                  const _errs7 = errors;
                  if (errors === _errs7) {
                    if (Array.isArray(data3)) {
                      var valid1 = true;
                      const len0 = data3.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs9 = errors;
                        if (!validate29(data3[i0], { instancePath: instancePath + "/shape/" + i0, parentData: data3, parentDataProperty: i0, rootData })) {
                          vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs9 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate130.errors = [{ instancePath: instancePath + "/shape", schemaPath: "#/properties/shape/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.instances !== void 0) {
                    const _errs10 = errors;
                    if (!validate94(data.instances, { instancePath: instancePath + "/instances", parentData: data, parentDataProperty: "instances", rootData })) {
                      vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.instance_bytes !== void 0) {
                      const _errs11 = errors;
                      if (!validate94(data.instance_bytes, { instancePath: instancePath + "/instance_bytes", parentData: data, parentDataProperty: "instance_bytes", rootData })) {
                        vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.region !== void 0) {
                        const _errs12 = errors;
                        if (typeof data.region !== "string") {
                          validate130.errors = [{ instancePath: instancePath + "/region", schemaPath: "#/properties/region/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid0 = _errs12 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.layout !== void 0) {
                          const _errs14 = errors;
                          if (!validate135(data.layout, { instancePath: instancePath + "/layout", parentData: data, parentDataProperty: "layout", rootData })) {
                            vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
                            errors = vErrors.length;
                          }
                          var valid0 = _errs14 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.init !== void 0) {
                            const _errs15 = errors;
                            if (!validate137(data.init, { instancePath: instancePath + "/init", parentData: data, parentDataProperty: "init", rootData })) {
                              vErrors = vErrors === null ? validate137.errors : vErrors.concat(validate137.errors);
                              errors = vErrors.length;
                            }
                            var valid0 = _errs15 === errors;
                          } else {
                            var valid0 = true;
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate130.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate130.errors = vErrors;
  return errors === 0;
}
function validate124(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.alignment_bytes === void 0 && (missing0 = "alignment_bytes") || data.regions === void 0 && (missing0 = "regions") || data.total === void 0 && (missing0 = "total") || data.buffers === void 0 && (missing0 = "buffers")) {
        validate124.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "alignment_bytes" || key0 === "regions" || key0 === "total" || key0 === "buffers")) {
            validate124.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.alignment_bytes !== void 0) {
            let data0 = data.alignment_bytes;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
              validate124.errors = [{ instancePath: instancePath + "/alignment_bytes", schemaPath: "#/properties/alignment_bytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
              return false;
            }
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 < 1 || isNaN(data0)) {
                  validate124.errors = [{ instancePath: instancePath + "/alignment_bytes", schemaPath: "#/properties/alignment_bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                  return false;
                }
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.regions !== void 0) {
              let data1 = data.regions;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    const _errs6 = errors;
                    if (!validate125(data1[i0], { instancePath: instancePath + "/regions/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
                      vErrors = vErrors === null ? validate125.errors : vErrors.concat(validate125.errors);
                      errors = vErrors.length;
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate124.errors = [{ instancePath: instancePath + "/regions", schemaPath: "#/properties/regions/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.total !== void 0) {
                const _errs7 = errors;
                if (!validate94(data.total, { instancePath: instancePath + "/total", parentData: data, parentDataProperty: "total", rootData })) {
                  vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.buffers !== void 0) {
                  let data4 = data.buffers;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data4)) {
                      var valid2 = true;
                      const len1 = data4.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        const _errs10 = errors;
                        if (!validate130(data4[i1], { instancePath: instancePath + "/buffers/" + i1, parentData: data4, parentDataProperty: i1, rootData })) {
                          vErrors = vErrors === null ? validate130.errors : vErrors.concat(validate130.errors);
                          errors = vErrors.length;
                        }
                        var valid2 = _errs10 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    } else {
                      validate124.errors = [{ instancePath: instancePath + "/buffers", schemaPath: "#/properties/buffers/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate124.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate124.errors = vErrors;
  return errors === 0;
}
var schema53 = { "title": "ComputeLaunch", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "part", "micro_batch", "stream", "waits", "records", "operands", "rows", "work", "span"], "properties": { "kind": { "const": "compute" }, "id": { "type": "string" }, "node": { "type": "string" }, "part": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "stream": { "type": "string" }, "waits": { "type": "array", "items": { "type": "string" } }, "records": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "rows": { "$ref": "#/definitions/RowRange" }, "exchange": { "type": "string" }, "slots": { "$ref": "#/definitions/SlotRange" }, "work": { "$ref": "#/definitions/Work" }, "span": { "$ref": "#/definitions/Span" } } };
var schema54 = { "title": "Operand", "type": "object", "additionalProperties": false, "required": ["name", "buffer", "instance", "access"], "properties": { "name": { "type": "string" }, "buffer": { "type": "string" }, "instance": { "$ref": "#/definitions/Expr" }, "access": { "type": "string", "enum": ["read", "write", "update"] } } };
function validate144(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.buffer === void 0 && (missing0 = "buffer") || data.instance === void 0 && (missing0 = "instance") || data.access === void 0 && (missing0 = "access")) {
        validate144.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "buffer" || key0 === "instance" || key0 === "access")) {
            validate144.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate144.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.buffer !== void 0) {
              const _errs4 = errors;
              if (typeof data.buffer !== "string") {
                validate144.errors = [{ instancePath: instancePath + "/buffer", schemaPath: "#/properties/buffer/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.instance !== void 0) {
                const _errs6 = errors;
                if (!validate29(data.instance, { instancePath: instancePath + "/instance", parentData: data, parentDataProperty: "instance", rootData })) {
                  vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.access !== void 0) {
                  let data3 = data.access;
                  const _errs7 = errors;
                  if (typeof data3 !== "string") {
                    validate144.errors = [{ instancePath: instancePath + "/access", schemaPath: "#/properties/access/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  if (!(data3 === "read" || data3 === "write" || data3 === "update")) {
                    validate144.errors = [{ instancePath: instancePath + "/access", schemaPath: "#/properties/access/enum", keyword: "enum", params: { allowedValues: schema54.properties.access.enum }, message: "must be equal to one of the allowed values" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate144.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate144.errors = vErrors;
  return errors === 0;
}
function validate147(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.begin === void 0 && (missing0 = "begin") || data.end === void 0 && (missing0 = "end")) {
        validate147.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "begin" || key0 === "end")) {
            validate147.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.begin !== void 0) {
            const _errs2 = errors;
            if (!validate94(data.begin, { instancePath: instancePath + "/begin", parentData: data, parentDataProperty: "begin", rootData })) {
              vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.end !== void 0) {
              const _errs3 = errors;
              if (!validate94(data.end, { instancePath: instancePath + "/end", parentData: data, parentDataProperty: "end", rootData })) {
                vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate147.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate147.errors = vErrors;
  return errors === 0;
}
var schema56 = { "title": "Work", "type": "object", "additionalProperties": false, "required": ["class", "flops", "bytes"], "properties": { "class": { "type": "string", "enum": ["gemm", "attention", "memory"] }, "flops": { "$ref": "#/definitions/Sized" }, "bytes": { "$ref": "#/definitions/Sized" }, "dtype": { "$ref": "#/definitions/Dtype" }, "gemm": { "$ref": "#/definitions/GemmShape" } } };
function validate156(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.m === void 0 && (missing0 = "m") || data.n === void 0 && (missing0 = "n") || data.k === void 0 && (missing0 = "k") || data.groups === void 0 && (missing0 = "groups")) {
        validate156.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "m" || key0 === "n" || key0 === "k" || key0 === "groups")) {
            validate156.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.m !== void 0) {
            const _errs2 = errors;
            if (!validate94(data.m, { instancePath: instancePath + "/m", parentData: data, parentDataProperty: "m", rootData })) {
              vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.n !== void 0) {
              const _errs3 = errors;
              if (!validate94(data.n, { instancePath: instancePath + "/n", parentData: data, parentDataProperty: "n", rootData })) {
                vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.k !== void 0) {
                const _errs4 = errors;
                if (!validate94(data.k, { instancePath: instancePath + "/k", parentData: data, parentDataProperty: "k", rootData })) {
                  vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.groups !== void 0) {
                  const _errs5 = errors;
                  if (!validate94(data.groups, { instancePath: instancePath + "/groups", parentData: data, parentDataProperty: "groups", rootData })) {
                    vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs5 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate156.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate156.errors = vErrors;
  return errors === 0;
}
function validate152(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.class === void 0 && (missing0 = "class") || data.flops === void 0 && (missing0 = "flops") || data.bytes === void 0 && (missing0 = "bytes")) {
        validate152.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "class" || key0 === "flops" || key0 === "bytes" || key0 === "dtype" || key0 === "gemm")) {
            validate152.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.class !== void 0) {
            let data0 = data.class;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate152.errors = [{ instancePath: instancePath + "/class", schemaPath: "#/properties/class/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "gemm" || data0 === "attention" || data0 === "memory")) {
              validate152.errors = [{ instancePath: instancePath + "/class", schemaPath: "#/properties/class/enum", keyword: "enum", params: { allowedValues: schema56.properties.class.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.flops !== void 0) {
              const _errs4 = errors;
              if (!validate94(data.flops, { instancePath: instancePath + "/flops", parentData: data, parentDataProperty: "flops", rootData })) {
                vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.bytes !== void 0) {
                const _errs5 = errors;
                if (!validate94(data.bytes, { instancePath: instancePath + "/bytes", parentData: data, parentDataProperty: "bytes", rootData })) {
                  vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.dtype !== void 0) {
                  const _errs6 = errors;
                  if (!validate37(data.dtype, { instancePath: instancePath + "/dtype", parentData: data, parentDataProperty: "dtype", rootData })) {
                    vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
                    errors = vErrors.length;
                  }
                  var valid0 = _errs6 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.gemm !== void 0) {
                    const _errs7 = errors;
                    if (!validate156(data.gemm, { instancePath: instancePath + "/gemm", parentData: data, parentDataProperty: "gemm", rootData })) {
                      vErrors = vErrors === null ? validate156.errors : vErrors.concat(validate156.errors);
                      errors = vErrors.length;
                    }
                    var valid0 = _errs7 === errors;
                  } else {
                    var valid0 = true;
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate152.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate152.errors = vErrors;
  return errors === 0;
}
function validate143(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.id === void 0 && (missing0 = "id") || data.node === void 0 && (missing0 = "node") || data.part === void 0 && (missing0 = "part") || data.micro_batch === void 0 && (missing0 = "micro_batch") || data.stream === void 0 && (missing0 = "stream") || data.waits === void 0 && (missing0 = "waits") || data.records === void 0 && (missing0 = "records") || data.operands === void 0 && (missing0 = "operands") || data.rows === void 0 && (missing0 = "rows") || data.work === void 0 && (missing0 = "work") || data.span === void 0 && (missing0 = "span")) {
        validate143.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema53.properties, key0)) {
            validate143.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            const _errs2 = errors;
            if ("compute" !== data.kind) {
              validate143.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "compute" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.id !== void 0) {
              const _errs3 = errors;
              if (typeof data.id !== "string") {
                validate143.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.node !== void 0) {
                const _errs5 = errors;
                if (typeof data.node !== "string") {
                  validate143.errors = [{ instancePath: instancePath + "/node", schemaPath: "#/properties/node/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.part !== void 0) {
                  const _errs7 = errors;
                  if (typeof data.part !== "string") {
                    validate143.errors = [{ instancePath: instancePath + "/part", schemaPath: "#/properties/part/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.micro_batch !== void 0) {
                    let data4 = data.micro_batch;
                    const _errs9 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate143.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs9) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 0 || isNaN(data4)) {
                          validate143.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.layer_offset !== void 0) {
                      let data5 = data.layer_offset;
                      const _errs11 = errors;
                      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                        validate143.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                        return false;
                      }
                      if (errors === _errs11) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 > 0 || isNaN(data5)) {
                            validate143.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/maximum", keyword: "maximum", params: { comparison: "<=", limit: 0 }, message: "must be <= 0" }];
                            return false;
                          } else {
                            if (data5 < -1 || isNaN(data5)) {
                              validate143.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" }];
                              return false;
                            }
                          }
                        }
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.stream !== void 0) {
                        const _errs13 = errors;
                        if (typeof data.stream !== "string") {
                          validate143.errors = [{ instancePath: instancePath + "/stream", schemaPath: "#/properties/stream/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.waits !== void 0) {
                          let data7 = data.waits;
                          const _errs15 = errors;
                          if (errors === _errs15) {
                            if (Array.isArray(data7)) {
                              var valid1 = true;
                              const len0 = data7.length;
                              for (let i0 = 0; i0 < len0; i0++) {
                                const _errs17 = errors;
                                if (typeof data7[i0] !== "string") {
                                  validate143.errors = [{ instancePath: instancePath + "/waits/" + i0, schemaPath: "#/properties/waits/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                  return false;
                                }
                                var valid1 = _errs17 === errors;
                                if (!valid1) {
                                  break;
                                }
                              }
                            } else {
                              validate143.errors = [{ instancePath: instancePath + "/waits", schemaPath: "#/properties/waits/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                              return false;
                            }
                          }
                          var valid0 = _errs15 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.records !== void 0) {
                            let data9 = data.records;
                            const _errs19 = errors;
                            if (errors === _errs19) {
                              if (Array.isArray(data9)) {
                                var valid2 = true;
                                const len1 = data9.length;
                                for (let i1 = 0; i1 < len1; i1++) {
                                  const _errs21 = errors;
                                  if (typeof data9[i1] !== "string") {
                                    validate143.errors = [{ instancePath: instancePath + "/records/" + i1, schemaPath: "#/properties/records/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                    return false;
                                  }
                                  var valid2 = _errs21 === errors;
                                  if (!valid2) {
                                    break;
                                  }
                                }
                              } else {
                                validate143.errors = [{ instancePath: instancePath + "/records", schemaPath: "#/properties/records/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                return false;
                              }
                            }
                            var valid0 = _errs19 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.operands !== void 0) {
                              let data11 = data.operands;
                              const _errs23 = errors;
                              if (errors === _errs23) {
                                if (Array.isArray(data11)) {
                                  var valid3 = true;
                                  const len2 = data11.length;
                                  for (let i2 = 0; i2 < len2; i2++) {
                                    const _errs25 = errors;
                                    if (!validate144(data11[i2], { instancePath: instancePath + "/operands/" + i2, parentData: data11, parentDataProperty: i2, rootData })) {
                                      vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid3 = _errs25 === errors;
                                    if (!valid3) {
                                      break;
                                    }
                                  }
                                } else {
                                  validate143.errors = [{ instancePath: instancePath + "/operands", schemaPath: "#/properties/operands/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                  return false;
                                }
                              }
                              var valid0 = _errs23 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.rows !== void 0) {
                                const _errs26 = errors;
                                if (!validate147(data.rows, { instancePath: instancePath + "/rows", parentData: data, parentDataProperty: "rows", rootData })) {
                                  vErrors = vErrors === null ? validate147.errors : vErrors.concat(validate147.errors);
                                  errors = vErrors.length;
                                }
                                var valid0 = _errs26 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.exchange !== void 0) {
                                  const _errs27 = errors;
                                  if (typeof data.exchange !== "string") {
                                    validate143.errors = [{ instancePath: instancePath + "/exchange", schemaPath: "#/properties/exchange/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                    return false;
                                  }
                                  var valid0 = _errs27 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.slots !== void 0) {
                                    const _errs29 = errors;
                                    if (!validate100(data.slots, { instancePath: instancePath + "/slots", parentData: data, parentDataProperty: "slots", rootData })) {
                                      vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid0 = _errs29 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.work !== void 0) {
                                      const _errs30 = errors;
                                      if (!validate152(data.work, { instancePath: instancePath + "/work", parentData: data, parentDataProperty: "work", rootData })) {
                                        vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid0 = _errs30 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.span !== void 0) {
                                        const _errs31 = errors;
                                        if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                                          vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid0 = _errs31 === errors;
                                      } else {
                                        var valid0 = true;
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate143.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate143.errors = vErrors;
  return errors === 0;
}
var schema58 = { "title": "TransferLaunch", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "exchange", "phase", "micro_batch", "stream", "waits", "records", "operands", "span"], "properties": { "kind": { "const": "transfer" }, "id": { "type": "string" }, "node": { "type": "string" }, "exchange": { "type": "string" }, "phase": { "type": "string" }, "slots": { "$ref": "#/definitions/SlotRange" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "stream": { "type": "string" }, "waits": { "type": "array", "items": { "type": "string" } }, "records": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "span": { "$ref": "#/definitions/Span" } } };
function validate164(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.id === void 0 && (missing0 = "id") || data.node === void 0 && (missing0 = "node") || data.exchange === void 0 && (missing0 = "exchange") || data.phase === void 0 && (missing0 = "phase") || data.micro_batch === void 0 && (missing0 = "micro_batch") || data.stream === void 0 && (missing0 = "stream") || data.waits === void 0 && (missing0 = "waits") || data.records === void 0 && (missing0 = "records") || data.operands === void 0 && (missing0 = "operands") || data.span === void 0 && (missing0 = "span")) {
        validate164.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema58.properties, key0)) {
            validate164.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            const _errs2 = errors;
            if ("transfer" !== data.kind) {
              validate164.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "transfer" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.id !== void 0) {
              const _errs3 = errors;
              if (typeof data.id !== "string") {
                validate164.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.node !== void 0) {
                const _errs5 = errors;
                if (typeof data.node !== "string") {
                  validate164.errors = [{ instancePath: instancePath + "/node", schemaPath: "#/properties/node/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.exchange !== void 0) {
                  const _errs7 = errors;
                  if (typeof data.exchange !== "string") {
                    validate164.errors = [{ instancePath: instancePath + "/exchange", schemaPath: "#/properties/exchange/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.phase !== void 0) {
                    const _errs9 = errors;
                    if (typeof data.phase !== "string") {
                      validate164.errors = [{ instancePath: instancePath + "/phase", schemaPath: "#/properties/phase/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                      return false;
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.slots !== void 0) {
                      const _errs11 = errors;
                      if (!validate100(data.slots, { instancePath: instancePath + "/slots", parentData: data, parentDataProperty: "slots", rootData })) {
                        vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.micro_batch !== void 0) {
                        let data6 = data.micro_batch;
                        const _errs12 = errors;
                        if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                          validate164.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                          return false;
                        }
                        if (errors === _errs12) {
                          if (typeof data6 == "number" && isFinite(data6)) {
                            if (data6 < 0 || isNaN(data6)) {
                              validate164.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          }
                        }
                        var valid0 = _errs12 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.layer_offset !== void 0) {
                          let data7 = data.layer_offset;
                          const _errs14 = errors;
                          if (!(typeof data7 == "number" && (!(data7 % 1) && !isNaN(data7)) && isFinite(data7))) {
                            validate164.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs14) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 > 0 || isNaN(data7)) {
                                validate164.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/maximum", keyword: "maximum", params: { comparison: "<=", limit: 0 }, message: "must be <= 0" }];
                                return false;
                              } else {
                                if (data7 < -1 || isNaN(data7)) {
                                  validate164.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" }];
                                  return false;
                                }
                              }
                            }
                          }
                          var valid0 = _errs14 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.stream !== void 0) {
                            const _errs16 = errors;
                            if (typeof data.stream !== "string") {
                              validate164.errors = [{ instancePath: instancePath + "/stream", schemaPath: "#/properties/stream/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                              return false;
                            }
                            var valid0 = _errs16 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.waits !== void 0) {
                              let data9 = data.waits;
                              const _errs18 = errors;
                              if (errors === _errs18) {
                                if (Array.isArray(data9)) {
                                  var valid1 = true;
                                  const len0 = data9.length;
                                  for (let i0 = 0; i0 < len0; i0++) {
                                    const _errs20 = errors;
                                    if (typeof data9[i0] !== "string") {
                                      validate164.errors = [{ instancePath: instancePath + "/waits/" + i0, schemaPath: "#/properties/waits/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                      return false;
                                    }
                                    var valid1 = _errs20 === errors;
                                    if (!valid1) {
                                      break;
                                    }
                                  }
                                } else {
                                  validate164.errors = [{ instancePath: instancePath + "/waits", schemaPath: "#/properties/waits/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                  return false;
                                }
                              }
                              var valid0 = _errs18 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.records !== void 0) {
                                let data11 = data.records;
                                const _errs22 = errors;
                                if (errors === _errs22) {
                                  if (Array.isArray(data11)) {
                                    var valid2 = true;
                                    const len1 = data11.length;
                                    for (let i1 = 0; i1 < len1; i1++) {
                                      const _errs24 = errors;
                                      if (typeof data11[i1] !== "string") {
                                        validate164.errors = [{ instancePath: instancePath + "/records/" + i1, schemaPath: "#/properties/records/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                        return false;
                                      }
                                      var valid2 = _errs24 === errors;
                                      if (!valid2) {
                                        break;
                                      }
                                    }
                                  } else {
                                    validate164.errors = [{ instancePath: instancePath + "/records", schemaPath: "#/properties/records/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                    return false;
                                  }
                                }
                                var valid0 = _errs22 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.operands !== void 0) {
                                  let data13 = data.operands;
                                  const _errs26 = errors;
                                  if (errors === _errs26) {
                                    if (Array.isArray(data13)) {
                                      var valid3 = true;
                                      const len2 = data13.length;
                                      for (let i2 = 0; i2 < len2; i2++) {
                                        const _errs28 = errors;
                                        if (!validate144(data13[i2], { instancePath: instancePath + "/operands/" + i2, parentData: data13, parentDataProperty: i2, rootData })) {
                                          vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid3 = _errs28 === errors;
                                        if (!valid3) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate164.errors = [{ instancePath: instancePath + "/operands", schemaPath: "#/properties/operands/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                      return false;
                                    }
                                  }
                                  var valid0 = _errs26 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.span !== void 0) {
                                    const _errs29 = errors;
                                    if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                                      vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                                      errors = vErrors.length;
                                    }
                                    var valid0 = _errs29 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate164.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate164.errors = vErrors;
  return errors === 0;
}
var schema59 = { "title": "HostRead", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "exchange", "micro_batch", "waits", "operands", "span"], "properties": { "kind": { "const": "read_counts" }, "id": { "type": "string" }, "node": { "type": "string" }, "exchange": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "waits": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "span": { "$ref": "#/definitions/Span" } } };
function validate168(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.id === void 0 && (missing0 = "id") || data.node === void 0 && (missing0 = "node") || data.exchange === void 0 && (missing0 = "exchange") || data.micro_batch === void 0 && (missing0 = "micro_batch") || data.waits === void 0 && (missing0 = "waits") || data.operands === void 0 && (missing0 = "operands") || data.span === void 0 && (missing0 = "span")) {
        validate168.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema59.properties, key0)) {
            validate168.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            const _errs2 = errors;
            if ("read_counts" !== data.kind) {
              validate168.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "read_counts" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.id !== void 0) {
              const _errs3 = errors;
              if (typeof data.id !== "string") {
                validate168.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.node !== void 0) {
                const _errs5 = errors;
                if (typeof data.node !== "string") {
                  validate168.errors = [{ instancePath: instancePath + "/node", schemaPath: "#/properties/node/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.exchange !== void 0) {
                  const _errs7 = errors;
                  if (typeof data.exchange !== "string") {
                    validate168.errors = [{ instancePath: instancePath + "/exchange", schemaPath: "#/properties/exchange/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.micro_batch !== void 0) {
                    let data4 = data.micro_batch;
                    const _errs9 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate168.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs9) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 0 || isNaN(data4)) {
                          validate168.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.layer_offset !== void 0) {
                      let data5 = data.layer_offset;
                      const _errs11 = errors;
                      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                        validate168.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                        return false;
                      }
                      if (errors === _errs11) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 > 0 || isNaN(data5)) {
                            validate168.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/maximum", keyword: "maximum", params: { comparison: "<=", limit: 0 }, message: "must be <= 0" }];
                            return false;
                          } else {
                            if (data5 < -1 || isNaN(data5)) {
                              validate168.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" }];
                              return false;
                            }
                          }
                        }
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.waits !== void 0) {
                        let data6 = data.waits;
                        const _errs13 = errors;
                        if (errors === _errs13) {
                          if (Array.isArray(data6)) {
                            var valid1 = true;
                            const len0 = data6.length;
                            for (let i0 = 0; i0 < len0; i0++) {
                              const _errs15 = errors;
                              if (typeof data6[i0] !== "string") {
                                validate168.errors = [{ instancePath: instancePath + "/waits/" + i0, schemaPath: "#/properties/waits/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                return false;
                              }
                              var valid1 = _errs15 === errors;
                              if (!valid1) {
                                break;
                              }
                            }
                          } else {
                            validate168.errors = [{ instancePath: instancePath + "/waits", schemaPath: "#/properties/waits/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                            return false;
                          }
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.operands !== void 0) {
                          let data8 = data.operands;
                          const _errs17 = errors;
                          if (errors === _errs17) {
                            if (Array.isArray(data8)) {
                              var valid2 = true;
                              const len1 = data8.length;
                              for (let i1 = 0; i1 < len1; i1++) {
                                const _errs19 = errors;
                                if (!validate144(data8[i1], { instancePath: instancePath + "/operands/" + i1, parentData: data8, parentDataProperty: i1, rootData })) {
                                  vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
                                  errors = vErrors.length;
                                }
                                var valid2 = _errs19 === errors;
                                if (!valid2) {
                                  break;
                                }
                              }
                            } else {
                              validate168.errors = [{ instancePath: instancePath + "/operands", schemaPath: "#/properties/operands/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                              return false;
                            }
                          }
                          var valid0 = _errs17 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.span !== void 0) {
                            const _errs20 = errors;
                            if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                              vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                              errors = vErrors.length;
                            }
                            var valid0 = _errs20 === errors;
                          } else {
                            var valid0 = true;
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate168.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate168.errors = vErrors;
  return errors === 0;
}
var schema60 = { "title": "Rounds", "type": "object", "additionalProperties": false, "required": ["kind", "id", "node", "exchange", "micro_batch", "waits", "operands", "launches", "tokens", "span"], "properties": { "kind": { "const": "rounds" }, "id": { "type": "string" }, "node": { "type": "string" }, "exchange": { "type": "string" }, "micro_batch": { "type": "integer", "minimum": 0 }, "layer_offset": { "type": "integer", "minimum": -1, "maximum": 0 }, "waits": { "type": "array", "items": { "type": "string" } }, "operands": { "type": "array", "items": { "$ref": "#/definitions/Operand" } }, "launches": { "type": "array", "items": { "type": "string" }, "minItems": 1 }, "tokens": { "$ref": "#/definitions/Sized" }, "span": { "$ref": "#/definitions/Span" } } };
function validate171(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind") || data.id === void 0 && (missing0 = "id") || data.node === void 0 && (missing0 = "node") || data.exchange === void 0 && (missing0 = "exchange") || data.micro_batch === void 0 && (missing0 = "micro_batch") || data.waits === void 0 && (missing0 = "waits") || data.operands === void 0 && (missing0 = "operands") || data.launches === void 0 && (missing0 = "launches") || data.tokens === void 0 && (missing0 = "tokens") || data.span === void 0 && (missing0 = "span")) {
        validate171.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema60.properties, key0)) {
            validate171.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.kind !== void 0) {
            const _errs2 = errors;
            if ("rounds" !== data.kind) {
              validate171.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/const", keyword: "const", params: { allowedValue: "rounds" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.id !== void 0) {
              const _errs3 = errors;
              if (typeof data.id !== "string") {
                validate171.errors = [{ instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.node !== void 0) {
                const _errs5 = errors;
                if (typeof data.node !== "string") {
                  validate171.errors = [{ instancePath: instancePath + "/node", schemaPath: "#/properties/node/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.exchange !== void 0) {
                  const _errs7 = errors;
                  if (typeof data.exchange !== "string") {
                    validate171.errors = [{ instancePath: instancePath + "/exchange", schemaPath: "#/properties/exchange/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.micro_batch !== void 0) {
                    let data4 = data.micro_batch;
                    const _errs9 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate171.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs9) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 0 || isNaN(data4)) {
                          validate171.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.layer_offset !== void 0) {
                      let data5 = data.layer_offset;
                      const _errs11 = errors;
                      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                        validate171.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                        return false;
                      }
                      if (errors === _errs11) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 > 0 || isNaN(data5)) {
                            validate171.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/maximum", keyword: "maximum", params: { comparison: "<=", limit: 0 }, message: "must be <= 0" }];
                            return false;
                          } else {
                            if (data5 < -1 || isNaN(data5)) {
                              validate171.errors = [{ instancePath: instancePath + "/layer_offset", schemaPath: "#/properties/layer_offset/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" }];
                              return false;
                            }
                          }
                        }
                      }
                      var valid0 = _errs11 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.waits !== void 0) {
                        let data6 = data.waits;
                        const _errs13 = errors;
                        if (errors === _errs13) {
                          if (Array.isArray(data6)) {
                            var valid1 = true;
                            const len0 = data6.length;
                            for (let i0 = 0; i0 < len0; i0++) {
                              const _errs15 = errors;
                              if (typeof data6[i0] !== "string") {
                                validate171.errors = [{ instancePath: instancePath + "/waits/" + i0, schemaPath: "#/properties/waits/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                return false;
                              }
                              var valid1 = _errs15 === errors;
                              if (!valid1) {
                                break;
                              }
                            }
                          } else {
                            validate171.errors = [{ instancePath: instancePath + "/waits", schemaPath: "#/properties/waits/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                            return false;
                          }
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.operands !== void 0) {
                          let data8 = data.operands;
                          const _errs17 = errors;
                          if (errors === _errs17) {
                            if (Array.isArray(data8)) {
                              var valid2 = true;
                              const len1 = data8.length;
                              for (let i1 = 0; i1 < len1; i1++) {
                                const _errs19 = errors;
                                if (!validate144(data8[i1], { instancePath: instancePath + "/operands/" + i1, parentData: data8, parentDataProperty: i1, rootData })) {
                                  vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
                                  errors = vErrors.length;
                                }
                                var valid2 = _errs19 === errors;
                                if (!valid2) {
                                  break;
                                }
                              }
                            } else {
                              validate171.errors = [{ instancePath: instancePath + "/operands", schemaPath: "#/properties/operands/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                              return false;
                            }
                          }
                          var valid0 = _errs17 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.launches !== void 0) {
                            let data10 = data.launches;
                            const _errs20 = errors;
                            if (errors === _errs20) {
                              if (Array.isArray(data10)) {
                                if (data10.length < 1) {
                                  validate171.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" }];
                                  return false;
                                } else {
                                  var valid3 = true;
                                  const len2 = data10.length;
                                  for (let i2 = 0; i2 < len2; i2++) {
                                    const _errs22 = errors;
                                    if (typeof data10[i2] !== "string") {
                                      validate171.errors = [{ instancePath: instancePath + "/launches/" + i2, schemaPath: "#/properties/launches/items/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                                      return false;
                                    }
                                    var valid3 = _errs22 === errors;
                                    if (!valid3) {
                                      break;
                                    }
                                  }
                                }
                              } else {
                                validate171.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                return false;
                              }
                            }
                            var valid0 = _errs20 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.tokens !== void 0) {
                              const _errs24 = errors;
                              if (!validate94(data.tokens, { instancePath: instancePath + "/tokens", parentData: data, parentDataProperty: "tokens", rootData })) {
                                vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
                                errors = vErrors.length;
                              }
                              var valid0 = _errs24 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.span !== void 0) {
                                const _errs25 = errors;
                                if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                                  vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                                  errors = vErrors.length;
                                }
                                var valid0 = _errs25 === errors;
                              } else {
                                var valid0 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate171.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate171.errors = vErrors;
  return errors === 0;
}
function validate142(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.kind === void 0 && (missing0 = "kind")) {
        validate142.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const tag0 = data.kind;
        if (typeof tag0 == "string") {
          if (tag0 === "compute") {
            if (!validate143(data, { instancePath, parentData, parentDataProperty, rootData })) {
              vErrors = vErrors === null ? validate143.errors : vErrors.concat(validate143.errors);
              errors = vErrors.length;
            }
          } else if (tag0 === "transfer") {
            if (!validate164(data, { instancePath, parentData, parentDataProperty, rootData })) {
              vErrors = vErrors === null ? validate164.errors : vErrors.concat(validate164.errors);
              errors = vErrors.length;
            }
          } else if (tag0 === "read_counts") {
            if (!validate168(data, { instancePath, parentData, parentDataProperty, rootData })) {
              vErrors = vErrors === null ? validate168.errors : vErrors.concat(validate168.errors);
              errors = vErrors.length;
            }
          } else if (tag0 === "rounds") {
            if (!validate171(data, { instancePath, parentData, parentDataProperty, rootData })) {
              vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
              errors = vErrors.length;
            }
          } else {
            validate142.errors = [{ instancePath, schemaPath: "#/discriminator", keyword: "discriminator", params: { error: "mapping", tag: "kind", tagValue: tag0 }, message: 'value of tag "kind" must be in oneOf' }];
            return false;
          }
        } else {
          validate142.errors = [{ instancePath, schemaPath: "#/discriminator", keyword: "discriminator", params: { error: "tag", tag: "kind", tagValue: tag0 }, message: 'tag "kind" must be string' }];
          return false;
        }
      }
    } else {
      validate142.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate142.errors = vErrors;
  return errors === 0;
}
function validate141(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.block === void 0 && (missing0 = "block") || data.micro_batches === void 0 && (missing0 = "micro_batches") || data.launches === void 0 && (missing0 = "launches")) {
        validate141.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "block" || key0 === "micro_batches" || key0 === "launches")) {
            validate141.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate141.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.block !== void 0) {
              const _errs4 = errors;
              if (typeof data.block !== "string") {
                validate141.errors = [{ instancePath: instancePath + "/block", schemaPath: "#/properties/block/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.micro_batches !== void 0) {
                let data2 = data.micro_batches;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate141.errors = [{ instancePath: instancePath + "/micro_batches", schemaPath: "#/properties/micro_batches/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate141.errors = [{ instancePath: instancePath + "/micro_batches", schemaPath: "#/properties/micro_batches/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.launches !== void 0) {
                  let data3 = data.launches;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data3)) {
                      var valid1 = true;
                      const len0 = data3.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs10 = errors;
                        if (!validate142(data3[i0], { instancePath: instancePath + "/launches/" + i0, parentData: data3, parentDataProperty: i0, rootData })) {
                          vErrors = vErrors === null ? validate142.errors : vErrors.concat(validate142.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs10 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate141.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate141.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate141.errors = vErrors;
  return errors === 0;
}
var schema62 = { "title": "Stream", "type": "object", "additionalProperties": false, "required": ["name", "kind", "priority"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["compute", "scale_up", "scale_out"] }, "priority": { "type": "integer" } } };
function validate182(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.kind === void 0 && (missing0 = "kind") || data.priority === void 0 && (missing0 = "priority")) {
        validate182.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "kind" || key0 === "priority")) {
            validate182.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate182.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.kind !== void 0) {
              let data1 = data.kind;
              const _errs4 = errors;
              if (typeof data1 !== "string") {
                validate182.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "compute" || data1 === "scale_up" || data1 === "scale_out")) {
                validate182.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema62.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.priority !== void 0) {
                let data2 = data.priority;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate182.errors = [{ instancePath: instancePath + "/priority", schemaPath: "#/properties/priority/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate182.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate182.errors = vErrors;
  return errors === 0;
}
function validate184(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.cell === void 0 && (missing0 = "cell") || data.layer === void 0 && (missing0 = "layer") || data.repeat === void 0 && (missing0 = "repeat") || data.micro_batch === void 0 && (missing0 = "micro_batch")) {
        validate184.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "cell" || key0 === "layer" || key0 === "repeat" || key0 === "micro_batch")) {
            validate184.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.cell !== void 0) {
            const _errs2 = errors;
            if (typeof data.cell !== "string") {
              validate184.errors = [{ instancePath: instancePath + "/cell", schemaPath: "#/properties/cell/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.layer !== void 0) {
              let data1 = data.layer;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate184.errors = [{ instancePath: instancePath + "/layer", schemaPath: "#/properties/layer/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate184.errors = [{ instancePath: instancePath + "/layer", schemaPath: "#/properties/layer/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.repeat !== void 0) {
                let data2 = data.repeat;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate184.errors = [{ instancePath: instancePath + "/repeat", schemaPath: "#/properties/repeat/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate184.errors = [{ instancePath: instancePath + "/repeat", schemaPath: "#/properties/repeat/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.micro_batch !== void 0) {
                  let data3 = data.micro_batch;
                  const _errs8 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    validate184.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs8) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 0 || isNaN(data3)) {
                        validate184.errors = [{ instancePath: instancePath + "/micro_batch", schemaPath: "#/properties/micro_batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate184.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate184.errors = vErrors;
  return errors === 0;
}
function validate181(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.ranks === void 0 && (missing0 = "ranks") || data.streams === void 0 && (missing0 = "streams") || data.timeline === void 0 && (missing0 = "timeline")) {
        validate181.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "ranks" || key0 === "streams" || key0 === "timeline")) {
            validate181.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate181.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.ranks !== void 0) {
              let data1 = data.ranks;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data2 = data1[i0];
                    const _errs6 = errors;
                    if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                      validate181.errors = [{ instancePath: instancePath + "/ranks/" + i0, schemaPath: "#/properties/ranks/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs6) {
                      if (typeof data2 == "number" && isFinite(data2)) {
                        if (data2 < 0 || isNaN(data2)) {
                          validate181.errors = [{ instancePath: instancePath + "/ranks/" + i0, schemaPath: "#/properties/ranks/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid1 = _errs6 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate181.errors = [{ instancePath: instancePath + "/ranks", schemaPath: "#/properties/ranks/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.streams !== void 0) {
                let data3 = data.streams;
                const _errs8 = errors;
                if (errors === _errs8) {
                  if (Array.isArray(data3)) {
                    var valid2 = true;
                    const len1 = data3.length;
                    for (let i1 = 0; i1 < len1; i1++) {
                      const _errs10 = errors;
                      if (!validate182(data3[i1], { instancePath: instancePath + "/streams/" + i1, parentData: data3, parentDataProperty: i1, rootData })) {
                        vErrors = vErrors === null ? validate182.errors : vErrors.concat(validate182.errors);
                        errors = vErrors.length;
                      }
                      var valid2 = _errs10 === errors;
                      if (!valid2) {
                        break;
                      }
                    }
                  } else {
                    validate181.errors = [{ instancePath: instancePath + "/streams", schemaPath: "#/properties/streams/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                    return false;
                  }
                }
                var valid0 = _errs8 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.timeline !== void 0) {
                  let data5 = data.timeline;
                  const _errs11 = errors;
                  if (errors === _errs11) {
                    if (Array.isArray(data5)) {
                      var valid3 = true;
                      const len2 = data5.length;
                      for (let i2 = 0; i2 < len2; i2++) {
                        const _errs13 = errors;
                        if (!validate184(data5[i2], { instancePath: instancePath + "/timeline/" + i2, parentData: data5, parentDataProperty: i2, rootData })) {
                          vErrors = vErrors === null ? validate184.errors : vErrors.concat(validate184.errors);
                          errors = vErrors.length;
                        }
                        var valid3 = _errs13 === errors;
                        if (!valid3) {
                          break;
                        }
                      }
                    } else {
                      validate181.errors = [{ instancePath: instancePath + "/timeline", schemaPath: "#/properties/timeline/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs11 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate181.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate181.errors = vErrors;
  return errors === 0;
}
function validate187(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.uri === void 0 && (missing0 = "uri") || data.text === void 0 && (missing0 = "text")) {
        validate187.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "uri" || key0 === "text")) {
            validate187.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.uri !== void 0) {
            const _errs2 = errors;
            if (typeof data.uri !== "string") {
              validate187.errors = [{ instancePath: instancePath + "/uri", schemaPath: "#/properties/uri/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.text !== void 0) {
              const _errs4 = errors;
              if (typeof data.text !== "string") {
                validate187.errors = [{ instancePath: instancePath + "/text", schemaPath: "#/properties/text/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate187.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate187.errors = vErrors;
  return errors === 0;
}
var schema66 = { "title": "Decision", "type": "object", "additionalProperties": false, "required": ["name", "choice", "pinned", "price_us", "alternatives", "span"], "properties": { "name": { "type": "string" }, "layer": { "type": "integer", "minimum": 0 }, "choice": { "type": "string" }, "pinned": { "type": "boolean" }, "price_us": { "type": "number" }, "placed": { "$ref": "#/definitions/PlacedLayer" }, "placement": { "type": "string" }, "start_was_best": { "type": "boolean" }, "alternatives": { "type": "array", "items": { "$ref": "#/definitions/Alternative" } }, "span": { "$ref": "#/definitions/Span" } } };
var schema67 = { "title": "PlacedLayer", "type": "object", "additionalProperties": false, "required": ["method", "replicated", "most_replicas", "uneven", "twice", "load_over_mean", "load_over_bound", "nodes_per_token", "dispatch_us", "experts_us", "combine_us"], "properties": { "method": { "type": "string" }, "replicated": { "type": "integer", "minimum": 0 }, "most_replicas": { "type": "integer", "minimum": 1 }, "uneven": { "type": "integer", "minimum": 0 }, "twice": { "type": "integer", "minimum": 0 }, "load_over_mean": { "type": "number", "minimum": 0 }, "load_over_bound": { "type": "number", "minimum": 0 }, "nodes_per_token": { "type": "number", "minimum": 0 }, "dispatch_us": { "type": "number", "minimum": 0 }, "experts_us": { "type": "number", "minimum": 0 }, "combine_us": { "type": "number", "minimum": 0 } } };
function validate191(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.method === void 0 && (missing0 = "method") || data.replicated === void 0 && (missing0 = "replicated") || data.most_replicas === void 0 && (missing0 = "most_replicas") || data.uneven === void 0 && (missing0 = "uneven") || data.twice === void 0 && (missing0 = "twice") || data.load_over_mean === void 0 && (missing0 = "load_over_mean") || data.load_over_bound === void 0 && (missing0 = "load_over_bound") || data.nodes_per_token === void 0 && (missing0 = "nodes_per_token") || data.dispatch_us === void 0 && (missing0 = "dispatch_us") || data.experts_us === void 0 && (missing0 = "experts_us") || data.combine_us === void 0 && (missing0 = "combine_us")) {
        validate191.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema67.properties, key0)) {
            validate191.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.method !== void 0) {
            const _errs2 = errors;
            if (typeof data.method !== "string") {
              validate191.errors = [{ instancePath: instancePath + "/method", schemaPath: "#/properties/method/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.replicated !== void 0) {
              let data1 = data.replicated;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate191.errors = [{ instancePath: instancePath + "/replicated", schemaPath: "#/properties/replicated/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate191.errors = [{ instancePath: instancePath + "/replicated", schemaPath: "#/properties/replicated/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.most_replicas !== void 0) {
                let data2 = data.most_replicas;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate191.errors = [{ instancePath: instancePath + "/most_replicas", schemaPath: "#/properties/most_replicas/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate191.errors = [{ instancePath: instancePath + "/most_replicas", schemaPath: "#/properties/most_replicas/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.uneven !== void 0) {
                  let data3 = data.uneven;
                  const _errs8 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    validate191.errors = [{ instancePath: instancePath + "/uneven", schemaPath: "#/properties/uneven/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs8) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 0 || isNaN(data3)) {
                        validate191.errors = [{ instancePath: instancePath + "/uneven", schemaPath: "#/properties/uneven/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.twice !== void 0) {
                    let data4 = data.twice;
                    const _errs10 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate191.errors = [{ instancePath: instancePath + "/twice", schemaPath: "#/properties/twice/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs10) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 0 || isNaN(data4)) {
                          validate191.errors = [{ instancePath: instancePath + "/twice", schemaPath: "#/properties/twice/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.load_over_mean !== void 0) {
                      let data5 = data.load_over_mean;
                      const _errs12 = errors;
                      if (errors === _errs12) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 < 0 || isNaN(data5)) {
                            validate191.errors = [{ instancePath: instancePath + "/load_over_mean", schemaPath: "#/properties/load_over_mean/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        } else {
                          validate191.errors = [{ instancePath: instancePath + "/load_over_mean", schemaPath: "#/properties/load_over_mean/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                          return false;
                        }
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.load_over_bound !== void 0) {
                        let data6 = data.load_over_bound;
                        const _errs14 = errors;
                        if (errors === _errs14) {
                          if (typeof data6 == "number" && isFinite(data6)) {
                            if (data6 < 0 || isNaN(data6)) {
                              validate191.errors = [{ instancePath: instancePath + "/load_over_bound", schemaPath: "#/properties/load_over_bound/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          } else {
                            validate191.errors = [{ instancePath: instancePath + "/load_over_bound", schemaPath: "#/properties/load_over_bound/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                            return false;
                          }
                        }
                        var valid0 = _errs14 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.nodes_per_token !== void 0) {
                          let data7 = data.nodes_per_token;
                          const _errs16 = errors;
                          if (errors === _errs16) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 < 0 || isNaN(data7)) {
                                validate191.errors = [{ instancePath: instancePath + "/nodes_per_token", schemaPath: "#/properties/nodes_per_token/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            } else {
                              validate191.errors = [{ instancePath: instancePath + "/nodes_per_token", schemaPath: "#/properties/nodes_per_token/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                              return false;
                            }
                          }
                          var valid0 = _errs16 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.dispatch_us !== void 0) {
                            let data8 = data.dispatch_us;
                            const _errs18 = errors;
                            if (errors === _errs18) {
                              if (typeof data8 == "number" && isFinite(data8)) {
                                if (data8 < 0 || isNaN(data8)) {
                                  validate191.errors = [{ instancePath: instancePath + "/dispatch_us", schemaPath: "#/properties/dispatch_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                  return false;
                                }
                              } else {
                                validate191.errors = [{ instancePath: instancePath + "/dispatch_us", schemaPath: "#/properties/dispatch_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                return false;
                              }
                            }
                            var valid0 = _errs18 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.experts_us !== void 0) {
                              let data9 = data.experts_us;
                              const _errs20 = errors;
                              if (errors === _errs20) {
                                if (typeof data9 == "number" && isFinite(data9)) {
                                  if (data9 < 0 || isNaN(data9)) {
                                    validate191.errors = [{ instancePath: instancePath + "/experts_us", schemaPath: "#/properties/experts_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                    return false;
                                  }
                                } else {
                                  validate191.errors = [{ instancePath: instancePath + "/experts_us", schemaPath: "#/properties/experts_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                  return false;
                                }
                              }
                              var valid0 = _errs20 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.combine_us !== void 0) {
                                let data10 = data.combine_us;
                                const _errs22 = errors;
                                if (errors === _errs22) {
                                  if (typeof data10 == "number" && isFinite(data10)) {
                                    if (data10 < 0 || isNaN(data10)) {
                                      validate191.errors = [{ instancePath: instancePath + "/combine_us", schemaPath: "#/properties/combine_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  } else {
                                    validate191.errors = [{ instancePath: instancePath + "/combine_us", schemaPath: "#/properties/combine_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                    return false;
                                  }
                                }
                                var valid0 = _errs22 === errors;
                              } else {
                                var valid0 = true;
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate191.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate191.errors = vErrors;
  return errors === 0;
}
var schema68 = { "title": "Alternative", "type": "object", "additionalProperties": false, "required": ["choice", "price_us"], "properties": { "choice": { "type": "string" }, "price_us": { "type": ["number", "null"] }, "placed": { "$ref": "#/definitions/PlacedLayer" }, "reason": { "type": "string" } } };
function validate193(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.choice === void 0 && (missing0 = "choice") || data.price_us === void 0 && (missing0 = "price_us")) {
        validate193.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "choice" || key0 === "price_us" || key0 === "placed" || key0 === "reason")) {
            validate193.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.choice !== void 0) {
            const _errs2 = errors;
            if (typeof data.choice !== "string") {
              validate193.errors = [{ instancePath: instancePath + "/choice", schemaPath: "#/properties/choice/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.price_us !== void 0) {
              let data1 = data.price_us;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && isFinite(data1)) && data1 !== null) {
                validate193.errors = [{ instancePath: instancePath + "/price_us", schemaPath: "#/properties/price_us/type", keyword: "type", params: { type: schema68.properties.price_us.type }, message: "must be number,null" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.placed !== void 0) {
                const _errs6 = errors;
                if (!validate191(data.placed, { instancePath: instancePath + "/placed", parentData: data, parentDataProperty: "placed", rootData })) {
                  vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.reason !== void 0) {
                  const _errs7 = errors;
                  if (typeof data.reason !== "string") {
                    validate193.errors = [{ instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs7 === errors;
                } else {
                  var valid0 = true;
                }
              }
            }
          }
        }
      }
    } else {
      validate193.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate193.errors = vErrors;
  return errors === 0;
}
function validate190(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.choice === void 0 && (missing0 = "choice") || data.pinned === void 0 && (missing0 = "pinned") || data.price_us === void 0 && (missing0 = "price_us") || data.alternatives === void 0 && (missing0 = "alternatives") || data.span === void 0 && (missing0 = "span")) {
        validate190.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema66.properties, key0)) {
            validate190.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate190.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.layer !== void 0) {
              let data1 = data.layer;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate190.errors = [{ instancePath: instancePath + "/layer", schemaPath: "#/properties/layer/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate190.errors = [{ instancePath: instancePath + "/layer", schemaPath: "#/properties/layer/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.choice !== void 0) {
                const _errs6 = errors;
                if (typeof data.choice !== "string") {
                  validate190.errors = [{ instancePath: instancePath + "/choice", schemaPath: "#/properties/choice/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.pinned !== void 0) {
                  const _errs8 = errors;
                  if (typeof data.pinned !== "boolean") {
                    validate190.errors = [{ instancePath: instancePath + "/pinned", schemaPath: "#/properties/pinned/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.price_us !== void 0) {
                    let data4 = data.price_us;
                    const _errs10 = errors;
                    if (!(typeof data4 == "number" && isFinite(data4))) {
                      validate190.errors = [{ instancePath: instancePath + "/price_us", schemaPath: "#/properties/price_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                      return false;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.placed !== void 0) {
                      const _errs12 = errors;
                      if (!validate191(data.placed, { instancePath: instancePath + "/placed", parentData: data, parentDataProperty: "placed", rootData })) {
                        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.placement !== void 0) {
                        const _errs13 = errors;
                        if (typeof data.placement !== "string") {
                          validate190.errors = [{ instancePath: instancePath + "/placement", schemaPath: "#/properties/placement/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                          return false;
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.start_was_best !== void 0) {
                          const _errs15 = errors;
                          if (typeof data.start_was_best !== "boolean") {
                            validate190.errors = [{ instancePath: instancePath + "/start_was_best", schemaPath: "#/properties/start_was_best/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                            return false;
                          }
                          var valid0 = _errs15 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.alternatives !== void 0) {
                            let data8 = data.alternatives;
                            const _errs17 = errors;
                            if (errors === _errs17) {
                              if (Array.isArray(data8)) {
                                var valid1 = true;
                                const len0 = data8.length;
                                for (let i0 = 0; i0 < len0; i0++) {
                                  const _errs19 = errors;
                                  if (!validate193(data8[i0], { instancePath: instancePath + "/alternatives/" + i0, parentData: data8, parentDataProperty: i0, rootData })) {
                                    vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
                                    errors = vErrors.length;
                                  }
                                  var valid1 = _errs19 === errors;
                                  if (!valid1) {
                                    break;
                                  }
                                }
                              } else {
                                validate190.errors = [{ instancePath: instancePath + "/alternatives", schemaPath: "#/properties/alternatives/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                return false;
                              }
                            }
                            var valid0 = _errs17 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.span !== void 0) {
                              const _errs20 = errors;
                              if (!validate23(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                                vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                                errors = vErrors.length;
                              }
                              var valid0 = _errs20 === errors;
                            } else {
                              var valid0 = true;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate190.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate190.errors = vErrors;
  return errors === 0;
}
var schema69 = { "title": "Prediction", "type": "object", "additionalProperties": false, "required": ["step_time_us", "tokens_per_second", "compute_us", "communication_us", "exposed_communication_us", "host_wait_us", "lower_bound_us", "bound_by", "peak_memory_bytes", "shares", "sensitivity", "streams"], "properties": { "step_time_us": { "type": "number" }, "tokens_per_second": { "type": "number" }, "compute_us": { "type": "number" }, "communication_us": { "type": "number" }, "exposed_communication_us": { "type": "number" }, "host_wait_us": { "type": "number" }, "lower_bound_us": { "type": "number" }, "bound_by": { "type": "string" }, "peak_memory_bytes": { "type": "number" }, "dropped_share": { "type": "number", "minimum": 0, "maximum": 1 }, "shares": { "type": "array", "items": { "$ref": "#/definitions/CostShare" } }, "sensitivity": { "type": "array", "items": { "$ref": "#/definitions/Sensitivity" } }, "streams": { "type": "array", "items": { "$ref": "#/definitions/StreamPrediction" } } } };
var schema70 = { "title": "CostShare", "type": "object", "additionalProperties": false, "required": ["cost", "time_us", "share"], "properties": { "cost": { "type": "string", "enum": ["experts", "other_gemms", "attention", "memory_bound", "slowed_by_transfers", "exposed_dispatch", "exposed_combine", "exposed_counts", "waits_for_ranks", "waits_for_counts", "idle", "ended"] }, "time_us": { "type": "number", "minimum": 0 }, "share": { "type": "number", "minimum": 0, "maximum": 1 } } };
function validate199(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.cost === void 0 && (missing0 = "cost") || data.time_us === void 0 && (missing0 = "time_us") || data.share === void 0 && (missing0 = "share")) {
        validate199.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "cost" || key0 === "time_us" || key0 === "share")) {
            validate199.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.cost !== void 0) {
            let data0 = data.cost;
            const _errs2 = errors;
            if (typeof data0 !== "string") {
              validate199.errors = [{ instancePath: instancePath + "/cost", schemaPath: "#/properties/cost/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            if (!(data0 === "experts" || data0 === "other_gemms" || data0 === "attention" || data0 === "memory_bound" || data0 === "slowed_by_transfers" || data0 === "exposed_dispatch" || data0 === "exposed_combine" || data0 === "exposed_counts" || data0 === "waits_for_ranks" || data0 === "waits_for_counts" || data0 === "idle" || data0 === "ended")) {
              validate199.errors = [{ instancePath: instancePath + "/cost", schemaPath: "#/properties/cost/enum", keyword: "enum", params: { allowedValues: schema70.properties.cost.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.time_us !== void 0) {
              let data1 = data.time_us;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate199.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                } else {
                  validate199.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.share !== void 0) {
                let data2 = data.share;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 > 1 || isNaN(data2)) {
                      validate199.errors = [{ instancePath: instancePath + "/share", schemaPath: "#/properties/share/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                      return false;
                    } else {
                      if (data2 < 0 || isNaN(data2)) {
                        validate199.errors = [{ instancePath: instancePath + "/share", schemaPath: "#/properties/share/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  } else {
                    validate199.errors = [{ instancePath: instancePath + "/share", schemaPath: "#/properties/share/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate199.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate199.errors = vErrors;
  return errors === 0;
}
function validate201(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.parameter === void 0 && (missing0 = "parameter") || data.change === void 0 && (missing0 = "change") || data.step_time_change === void 0 && (missing0 = "step_time_change")) {
        validate201.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "parameter" || key0 === "change" || key0 === "step_time_change")) {
            validate201.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.parameter !== void 0) {
            const _errs2 = errors;
            if (typeof data.parameter !== "string") {
              validate201.errors = [{ instancePath: instancePath + "/parameter", schemaPath: "#/properties/parameter/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.change !== void 0) {
              let data1 = data.change;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && isFinite(data1))) {
                validate201.errors = [{ instancePath: instancePath + "/change", schemaPath: "#/properties/change/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.step_time_change !== void 0) {
                let data2 = data.step_time_change;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && isFinite(data2))) {
                  validate201.errors = [{ instancePath: instancePath + "/step_time_change", schemaPath: "#/properties/step_time_change/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate201.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate201.errors = vErrors;
  return errors === 0;
}
function validate203(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.role === void 0 && (missing0 = "role") || data.stream === void 0 && (missing0 = "stream") || data.busy_us === void 0 && (missing0 = "busy_us")) {
        validate203.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "role" || key0 === "stream" || key0 === "busy_us")) {
            validate203.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.role !== void 0) {
            const _errs2 = errors;
            if (typeof data.role !== "string") {
              validate203.errors = [{ instancePath: instancePath + "/role", schemaPath: "#/properties/role/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.stream !== void 0) {
              const _errs4 = errors;
              if (typeof data.stream !== "string") {
                validate203.errors = [{ instancePath: instancePath + "/stream", schemaPath: "#/properties/stream/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.busy_us !== void 0) {
                let data2 = data.busy_us;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && isFinite(data2))) {
                  validate203.errors = [{ instancePath: instancePath + "/busy_us", schemaPath: "#/properties/busy_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate203.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate203.errors = vErrors;
  return errors === 0;
}
function validate198(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.step_time_us === void 0 && (missing0 = "step_time_us") || data.tokens_per_second === void 0 && (missing0 = "tokens_per_second") || data.compute_us === void 0 && (missing0 = "compute_us") || data.communication_us === void 0 && (missing0 = "communication_us") || data.exposed_communication_us === void 0 && (missing0 = "exposed_communication_us") || data.host_wait_us === void 0 && (missing0 = "host_wait_us") || data.lower_bound_us === void 0 && (missing0 = "lower_bound_us") || data.bound_by === void 0 && (missing0 = "bound_by") || data.peak_memory_bytes === void 0 && (missing0 = "peak_memory_bytes") || data.shares === void 0 && (missing0 = "shares") || data.sensitivity === void 0 && (missing0 = "sensitivity") || data.streams === void 0 && (missing0 = "streams")) {
        validate198.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema69.properties, key0)) {
            validate198.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.step_time_us !== void 0) {
            let data0 = data.step_time_us;
            const _errs2 = errors;
            if (!(typeof data0 == "number" && isFinite(data0))) {
              validate198.errors = [{ instancePath: instancePath + "/step_time_us", schemaPath: "#/properties/step_time_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.tokens_per_second !== void 0) {
              let data1 = data.tokens_per_second;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && isFinite(data1))) {
                validate198.errors = [{ instancePath: instancePath + "/tokens_per_second", schemaPath: "#/properties/tokens_per_second/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.compute_us !== void 0) {
                let data2 = data.compute_us;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && isFinite(data2))) {
                  validate198.errors = [{ instancePath: instancePath + "/compute_us", schemaPath: "#/properties/compute_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.communication_us !== void 0) {
                  let data3 = data.communication_us;
                  const _errs8 = errors;
                  if (!(typeof data3 == "number" && isFinite(data3))) {
                    validate198.errors = [{ instancePath: instancePath + "/communication_us", schemaPath: "#/properties/communication_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                    return false;
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.exposed_communication_us !== void 0) {
                    let data4 = data.exposed_communication_us;
                    const _errs10 = errors;
                    if (!(typeof data4 == "number" && isFinite(data4))) {
                      validate198.errors = [{ instancePath: instancePath + "/exposed_communication_us", schemaPath: "#/properties/exposed_communication_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                      return false;
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.host_wait_us !== void 0) {
                      let data5 = data.host_wait_us;
                      const _errs12 = errors;
                      if (!(typeof data5 == "number" && isFinite(data5))) {
                        validate198.errors = [{ instancePath: instancePath + "/host_wait_us", schemaPath: "#/properties/host_wait_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                        return false;
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.lower_bound_us !== void 0) {
                        let data6 = data.lower_bound_us;
                        const _errs14 = errors;
                        if (!(typeof data6 == "number" && isFinite(data6))) {
                          validate198.errors = [{ instancePath: instancePath + "/lower_bound_us", schemaPath: "#/properties/lower_bound_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                          return false;
                        }
                        var valid0 = _errs14 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.bound_by !== void 0) {
                          const _errs16 = errors;
                          if (typeof data.bound_by !== "string") {
                            validate198.errors = [{ instancePath: instancePath + "/bound_by", schemaPath: "#/properties/bound_by/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                          var valid0 = _errs16 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.peak_memory_bytes !== void 0) {
                            let data8 = data.peak_memory_bytes;
                            const _errs18 = errors;
                            if (!(typeof data8 == "number" && isFinite(data8))) {
                              validate198.errors = [{ instancePath: instancePath + "/peak_memory_bytes", schemaPath: "#/properties/peak_memory_bytes/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                              return false;
                            }
                            var valid0 = _errs18 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.dropped_share !== void 0) {
                              let data9 = data.dropped_share;
                              const _errs20 = errors;
                              if (errors === _errs20) {
                                if (typeof data9 == "number" && isFinite(data9)) {
                                  if (data9 > 1 || isNaN(data9)) {
                                    validate198.errors = [{ instancePath: instancePath + "/dropped_share", schemaPath: "#/properties/dropped_share/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                                    return false;
                                  } else {
                                    if (data9 < 0 || isNaN(data9)) {
                                      validate198.errors = [{ instancePath: instancePath + "/dropped_share", schemaPath: "#/properties/dropped_share/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                      return false;
                                    }
                                  }
                                } else {
                                  validate198.errors = [{ instancePath: instancePath + "/dropped_share", schemaPath: "#/properties/dropped_share/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                  return false;
                                }
                              }
                              var valid0 = _errs20 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.shares !== void 0) {
                                let data10 = data.shares;
                                const _errs22 = errors;
                                if (errors === _errs22) {
                                  if (Array.isArray(data10)) {
                                    var valid1 = true;
                                    const len0 = data10.length;
                                    for (let i0 = 0; i0 < len0; i0++) {
                                      const _errs24 = errors;
                                      if (!validate199(data10[i0], { instancePath: instancePath + "/shares/" + i0, parentData: data10, parentDataProperty: i0, rootData })) {
                                        vErrors = vErrors === null ? validate199.errors : vErrors.concat(validate199.errors);
                                        errors = vErrors.length;
                                      }
                                      var valid1 = _errs24 === errors;
                                      if (!valid1) {
                                        break;
                                      }
                                    }
                                  } else {
                                    validate198.errors = [{ instancePath: instancePath + "/shares", schemaPath: "#/properties/shares/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                    return false;
                                  }
                                }
                                var valid0 = _errs22 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.sensitivity !== void 0) {
                                  let data12 = data.sensitivity;
                                  const _errs25 = errors;
                                  if (errors === _errs25) {
                                    if (Array.isArray(data12)) {
                                      var valid2 = true;
                                      const len1 = data12.length;
                                      for (let i1 = 0; i1 < len1; i1++) {
                                        const _errs27 = errors;
                                        if (!validate201(data12[i1], { instancePath: instancePath + "/sensitivity/" + i1, parentData: data12, parentDataProperty: i1, rootData })) {
                                          vErrors = vErrors === null ? validate201.errors : vErrors.concat(validate201.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid2 = _errs27 === errors;
                                        if (!valid2) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate198.errors = [{ instancePath: instancePath + "/sensitivity", schemaPath: "#/properties/sensitivity/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                      return false;
                                    }
                                  }
                                  var valid0 = _errs25 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.streams !== void 0) {
                                    let data14 = data.streams;
                                    const _errs28 = errors;
                                    if (errors === _errs28) {
                                      if (Array.isArray(data14)) {
                                        var valid3 = true;
                                        const len2 = data14.length;
                                        for (let i2 = 0; i2 < len2; i2++) {
                                          const _errs30 = errors;
                                          if (!validate203(data14[i2], { instancePath: instancePath + "/streams/" + i2, parentData: data14, parentDataProperty: i2, rootData })) {
                                            vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid3 = _errs30 === errors;
                                          if (!valid3) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate198.errors = [{ instancePath: instancePath + "/streams", schemaPath: "#/properties/streams/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                        return false;
                                      }
                                    }
                                    var valid0 = _errs28 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate198.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate198.errors = vErrors;
  return errors === 0;
}
function validate189(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.decisions === void 0 && (missing0 = "decisions") || data.prediction === void 0 && (missing0 = "prediction")) {
        validate189.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "decisions" || key0 === "prediction")) {
            validate189.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.decisions !== void 0) {
            let data0 = data.decisions;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const _errs4 = errors;
                  if (!validate190(data0[i0], { instancePath: instancePath + "/decisions/" + i0, parentData: data0, parentDataProperty: i0, rootData })) {
                    vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
                    errors = vErrors.length;
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate189.errors = [{ instancePath: instancePath + "/decisions", schemaPath: "#/properties/decisions/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.prediction !== void 0) {
              const _errs5 = errors;
              if (!validate198(data.prediction, { instancePath: instancePath + "/prediction", parentData: data, parentDataProperty: "prediction", rootData })) {
                vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs5 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate189.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate189.errors = vErrors;
  return errors === 0;
}
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.format === void 0 && (missing0 = "format") || data.generator === void 0 && (missing0 = "generator") || data.schedule === void 0 && (missing0 = "schedule") || data.dimensions === void 0 && (missing0 = "dimensions") || data.precisions === void 0 && (missing0 = "precisions") || data.model === void 0 && (missing0 = "model") || data.operators === void 0 && (missing0 = "operators") || data.routing === void 0 && (missing0 = "routing") || data.machine === void 0 && (missing0 = "machine") || data.world === void 0 && (missing0 = "world") || data.groups === void 0 && (missing0 = "groups") || data.placements === void 0 && (missing0 = "placements") || data.exchanges === void 0 && (missing0 = "exchanges") || data.memory === void 0 && (missing0 = "memory") || data.cells === void 0 && (missing0 = "cells") || data.roles === void 0 && (missing0 = "roles") || data.sources === void 0 && (missing0 = "sources")) {
        validate21.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema6.properties, key0)) {
            validate21.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.format !== void 0) {
            const _errs2 = errors;
            if ("weft.plan/1" !== data.format) {
              validate21.errors = [{ instancePath: instancePath + "/format", schemaPath: "#/properties/format/const", keyword: "const", params: { allowedValue: "weft.plan/1" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.generator !== void 0) {
              const _errs3 = errors;
              if (typeof data.generator !== "string") {
                validate21.errors = [{ instancePath: instancePath + "/generator", schemaPath: "#/properties/generator/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.schedule !== void 0) {
                const _errs5 = errors;
                if (!validate22(data.schedule, { instancePath: instancePath + "/schedule", parentData: data, parentDataProperty: "schedule", rootData })) {
                  vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
                  errors = vErrors.length;
                }
                var valid0 = _errs5 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.dimensions !== void 0) {
                  let data3 = data.dimensions;
                  const _errs6 = errors;
                  if (errors === _errs6) {
                    if (Array.isArray(data3)) {
                      var valid1 = true;
                      const len0 = data3.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        const _errs8 = errors;
                        if (!validate26(data3[i0], { instancePath: instancePath + "/dimensions/" + i0, parentData: data3, parentDataProperty: i0, rootData })) {
                          vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs8 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate21.errors = [{ instancePath: instancePath + "/dimensions", schemaPath: "#/properties/dimensions/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs6 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.precisions !== void 0) {
                    let data5 = data.precisions;
                    const _errs9 = errors;
                    if (errors === _errs9) {
                      if (Array.isArray(data5)) {
                        var valid2 = true;
                        const len1 = data5.length;
                        for (let i1 = 0; i1 < len1; i1++) {
                          const _errs11 = errors;
                          if (!validate34(data5[i1], { instancePath: instancePath + "/precisions/" + i1, parentData: data5, parentDataProperty: i1, rootData })) {
                            vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
                            errors = vErrors.length;
                          }
                          var valid2 = _errs11 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        validate21.errors = [{ instancePath: instancePath + "/precisions", schemaPath: "#/properties/precisions/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                        return false;
                      }
                    }
                    var valid0 = _errs9 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.model !== void 0) {
                      const _errs12 = errors;
                      if (!validate40(data.model, { instancePath: instancePath + "/model", parentData: data, parentDataProperty: "model", rootData })) {
                        vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
                        errors = vErrors.length;
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.operators !== void 0) {
                        let data8 = data.operators;
                        const _errs13 = errors;
                        if (errors === _errs13) {
                          if (Array.isArray(data8)) {
                            var valid3 = true;
                            const len2 = data8.length;
                            for (let i2 = 0; i2 < len2; i2++) {
                              const _errs15 = errors;
                              if (!validate59(data8[i2], { instancePath: instancePath + "/operators/" + i2, parentData: data8, parentDataProperty: i2, rootData })) {
                                vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
                                errors = vErrors.length;
                              }
                              var valid3 = _errs15 === errors;
                              if (!valid3) {
                                break;
                              }
                            }
                          } else {
                            validate21.errors = [{ instancePath: instancePath + "/operators", schemaPath: "#/properties/operators/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                            return false;
                          }
                        }
                        var valid0 = _errs13 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.routing !== void 0) {
                          let data10 = data.routing;
                          const _errs16 = errors;
                          if (errors === _errs16) {
                            if (Array.isArray(data10)) {
                              var valid4 = true;
                              const len3 = data10.length;
                              for (let i3 = 0; i3 < len3; i3++) {
                                const _errs18 = errors;
                                if (!validate67(data10[i3], { instancePath: instancePath + "/routing/" + i3, parentData: data10, parentDataProperty: i3, rootData })) {
                                  vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
                                  errors = vErrors.length;
                                }
                                var valid4 = _errs18 === errors;
                                if (!valid4) {
                                  break;
                                }
                              }
                            } else {
                              validate21.errors = [{ instancePath: instancePath + "/routing", schemaPath: "#/properties/routing/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                              return false;
                            }
                          }
                          var valid0 = _errs16 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.machine !== void 0) {
                            const _errs19 = errors;
                            if (!validate69(data.machine, { instancePath: instancePath + "/machine", parentData: data, parentDataProperty: "machine", rootData })) {
                              vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
                              errors = vErrors.length;
                            }
                            var valid0 = _errs19 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.measured !== void 0) {
                              const _errs20 = errors;
                              if (!validate77(data.measured, { instancePath: instancePath + "/measured", parentData: data, parentDataProperty: "measured", rootData })) {
                                vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
                                errors = vErrors.length;
                              }
                              var valid0 = _errs20 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.world !== void 0) {
                                let data14 = data.world;
                                const _errs21 = errors;
                                if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
                                  validate21.errors = [{ instancePath: instancePath + "/world", schemaPath: "#/properties/world/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                                  return false;
                                }
                                if (errors === _errs21) {
                                  if (typeof data14 == "number" && isFinite(data14)) {
                                    if (data14 < 1 || isNaN(data14)) {
                                      validate21.errors = [{ instancePath: instancePath + "/world", schemaPath: "#/properties/world/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                      return false;
                                    }
                                  }
                                }
                                var valid0 = _errs21 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.groups !== void 0) {
                                  let data15 = data.groups;
                                  const _errs23 = errors;
                                  if (errors === _errs23) {
                                    if (Array.isArray(data15)) {
                                      var valid5 = true;
                                      const len4 = data15.length;
                                      for (let i4 = 0; i4 < len4; i4++) {
                                        const _errs25 = errors;
                                        if (!validate85(data15[i4], { instancePath: instancePath + "/groups/" + i4, parentData: data15, parentDataProperty: i4, rootData })) {
                                          vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid5 = _errs25 === errors;
                                        if (!valid5) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate21.errors = [{ instancePath: instancePath + "/groups", schemaPath: "#/properties/groups/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                      return false;
                                    }
                                  }
                                  var valid0 = _errs23 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.placements !== void 0) {
                                    let data17 = data.placements;
                                    const _errs26 = errors;
                                    if (errors === _errs26) {
                                      if (Array.isArray(data17)) {
                                        var valid6 = true;
                                        const len5 = data17.length;
                                        for (let i5 = 0; i5 < len5; i5++) {
                                          const _errs28 = errors;
                                          if (!validate87(data17[i5], { instancePath: instancePath + "/placements/" + i5, parentData: data17, parentDataProperty: i5, rootData })) {
                                            vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid6 = _errs28 === errors;
                                          if (!valid6) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate21.errors = [{ instancePath: instancePath + "/placements", schemaPath: "#/properties/placements/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                        return false;
                                      }
                                    }
                                    var valid0 = _errs26 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.exchanges !== void 0) {
                                      let data19 = data.exchanges;
                                      const _errs29 = errors;
                                      if (errors === _errs29) {
                                        if (Array.isArray(data19)) {
                                          var valid7 = true;
                                          const len6 = data19.length;
                                          for (let i6 = 0; i6 < len6; i6++) {
                                            const _errs31 = errors;
                                            if (!validate91(data19[i6], { instancePath: instancePath + "/exchanges/" + i6, parentData: data19, parentDataProperty: i6, rootData })) {
                                              vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
                                              errors = vErrors.length;
                                            }
                                            var valid7 = _errs31 === errors;
                                            if (!valid7) {
                                              break;
                                            }
                                          }
                                        } else {
                                          validate21.errors = [{ instancePath: instancePath + "/exchanges", schemaPath: "#/properties/exchanges/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                          return false;
                                        }
                                      }
                                      var valid0 = _errs29 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.memory !== void 0) {
                                        const _errs32 = errors;
                                        if (!validate124(data.memory, { instancePath: instancePath + "/memory", parentData: data, parentDataProperty: "memory", rootData })) {
                                          vErrors = vErrors === null ? validate124.errors : vErrors.concat(validate124.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid0 = _errs32 === errors;
                                      } else {
                                        var valid0 = true;
                                      }
                                      if (valid0) {
                                        if (data.cells !== void 0) {
                                          let data22 = data.cells;
                                          const _errs33 = errors;
                                          if (errors === _errs33) {
                                            if (Array.isArray(data22)) {
                                              var valid8 = true;
                                              const len7 = data22.length;
                                              for (let i7 = 0; i7 < len7; i7++) {
                                                const _errs35 = errors;
                                                if (!validate141(data22[i7], { instancePath: instancePath + "/cells/" + i7, parentData: data22, parentDataProperty: i7, rootData })) {
                                                  vErrors = vErrors === null ? validate141.errors : vErrors.concat(validate141.errors);
                                                  errors = vErrors.length;
                                                }
                                                var valid8 = _errs35 === errors;
                                                if (!valid8) {
                                                  break;
                                                }
                                              }
                                            } else {
                                              validate21.errors = [{ instancePath: instancePath + "/cells", schemaPath: "#/properties/cells/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                              return false;
                                            }
                                          }
                                          var valid0 = _errs33 === errors;
                                        } else {
                                          var valid0 = true;
                                        }
                                        if (valid0) {
                                          if (data.roles !== void 0) {
                                            let data24 = data.roles;
                                            const _errs36 = errors;
                                            if (errors === _errs36) {
                                              if (Array.isArray(data24)) {
                                                var valid9 = true;
                                                const len8 = data24.length;
                                                for (let i8 = 0; i8 < len8; i8++) {
                                                  const _errs38 = errors;
                                                  if (!validate181(data24[i8], { instancePath: instancePath + "/roles/" + i8, parentData: data24, parentDataProperty: i8, rootData })) {
                                                    vErrors = vErrors === null ? validate181.errors : vErrors.concat(validate181.errors);
                                                    errors = vErrors.length;
                                                  }
                                                  var valid9 = _errs38 === errors;
                                                  if (!valid9) {
                                                    break;
                                                  }
                                                }
                                              } else {
                                                validate21.errors = [{ instancePath: instancePath + "/roles", schemaPath: "#/properties/roles/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                                return false;
                                              }
                                            }
                                            var valid0 = _errs36 === errors;
                                          } else {
                                            var valid0 = true;
                                          }
                                          if (valid0) {
                                            if (data.sources !== void 0) {
                                              let data26 = data.sources;
                                              const _errs39 = errors;
                                              if (errors === _errs39) {
                                                if (Array.isArray(data26)) {
                                                  var valid10 = true;
                                                  const len9 = data26.length;
                                                  for (let i9 = 0; i9 < len9; i9++) {
                                                    const _errs41 = errors;
                                                    if (!validate187(data26[i9], { instancePath: instancePath + "/sources/" + i9, parentData: data26, parentDataProperty: i9, rootData })) {
                                                      vErrors = vErrors === null ? validate187.errors : vErrors.concat(validate187.errors);
                                                      errors = vErrors.length;
                                                    }
                                                    var valid10 = _errs41 === errors;
                                                    if (!valid10) {
                                                      break;
                                                    }
                                                  }
                                                } else {
                                                  validate21.errors = [{ instancePath: instancePath + "/sources", schemaPath: "#/properties/sources/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                                  return false;
                                                }
                                              }
                                              var valid0 = _errs39 === errors;
                                            } else {
                                              var valid0 = true;
                                            }
                                            if (valid0) {
                                              if (data.why !== void 0) {
                                                const _errs42 = errors;
                                                if (!validate189(data.why, { instancePath: instancePath + "/why", parentData: data, parentDataProperty: "why", rootData })) {
                                                  vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
                                                  errors = vErrors.length;
                                                }
                                                var valid0 = _errs42 === errors;
                                              } else {
                                                var valid0 = true;
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    } else {
      validate21.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate21.errors = vErrors;
  return errors === 0;
}
export {
  stdin_default as default,
  validate
};
