// @ts-nocheck
// Generated from schema.json by `npm run generate`. Do not edit.
// <stdin>
var validate = validate21;
var stdin_default = validate21;
var schema6 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "weft:exchange/1", "title": "ExchangePlan", "definitions": { "Communicator": { "type": "object", "additionalProperties": false, "required": ["name", "sms"], "properties": { "name": { "type": "string" }, "sms": { "type": "integer", "minimum": 0 } } }, "Table": { "type": "object", "additionalProperties": false, "required": ["profiles", "of"], "properties": { "profiles": { "type": "array", "items": { "type": "array", "items": { "type": "number", "minimum": 0 } } }, "of": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "relative": { "const": true } } }, "Demand": { "type": "object", "additionalProperties": false, "required": ["rows"], "properties": { "rows": { "allOf": [{ "$ref": "#/definitions/Table" }] }, "copies": { "allOf": [{ "$ref": "#/definitions/Table" }] } } }, "ExchangeLaunch": { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "type": "string" } } }, "Spread": { "type": "object", "additionalProperties": false, "required": ["by", "rails"], "properties": { "by": { "enum": ["source_index", "pair", "destination"] }, "rails": { "type": "array", "items": { "type": "array", "items": { "type": "integer", "minimum": 0 } } } } }, "Route": { "type": "object", "additionalProperties": false, "required": ["pairs", "share", "way", "launches"], "properties": { "pairs": { "$ref": "#/definitions/Pairs" }, "share": { "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2 }, "way": { "enum": ["direct", "gather", "forward", "spread"] }, "launches": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "spread": { "type": "integer", "minimum": 0 } } }, "Pairs": { "oneOf": [{ "const": "all", "title": "AllPairs" }, { "const": "within", "title": "PairsWithin" }, { "type": "object", "additionalProperties": false, "required": ["shifts"], "properties": { "shifts": { "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2 } }, "title": "PairsByShift" }, { "type": "object", "additionalProperties": false, "required": ["from", "to"], "properties": { "from": { "type": "integer", "minimum": 0 }, "to": { "type": "integer", "minimum": 0 } }, "title": "PairOfNodes" }] }, "ExchangeWhy": { "type": "object", "additionalProperties": false, "required": ["algorithm", "prediction", "candidates"], "properties": { "algorithm": { "type": "string" }, "prediction": { "$ref": "#/definitions/ExchangePrediction" }, "candidates": { "type": "array", "items": { "$ref": "#/definitions/ExchangeCandidate" } } } }, "ExchangePrediction": { "type": "object", "additionalProperties": false, "required": ["time_us", "bound_us", "bytes_per_tier"], "properties": { "time_us": { "type": "number", "minimum": 0 }, "bound_us": { "type": "number", "minimum": 0 }, "bytes_per_tier": { "type": "object", "additionalProperties": { "type": "number" } }, "bound_of": { "type": "string" }, "launch_us": { "type": "array", "items": { "type": "number", "minimum": 0 } } } }, "ExchangeCandidate": { "type": "object", "additionalProperties": false, "required": ["algorithm"], "properties": { "algorithm": { "type": "string" }, "time_us": { "type": "number", "minimum": 0 }, "stages": { "type": "integer", "minimum": 0 }, "launches": { "type": "integer", "minimum": 0 }, "sms": { "type": "integer", "minimum": 0 }, "buffer_bytes": { "type": "number", "minimum": 0 }, "bytes_per_tier": { "type": "object", "additionalProperties": { "type": "number" } }, "reason": { "type": "string" } } } }, "type": "object", "additionalProperties": false, "required": ["format", "machine", "ranks", "ranks_per_node", "direction", "row_bytes", "copies", "partial_sums", "communicator", "demand", "launches", "spreads", "routes"], "properties": { "format": { "const": "weft.exchange/1" }, "machine": { "$ref": "weft:plan/1#/definitions/Machine" }, "ranks": { "type": "integer", "minimum": 1 }, "ranks_per_node": { "type": "integer", "minimum": 1 }, "direction": { "enum": ["dispatch", "combine"] }, "row_bytes": { "type": "integer", "minimum": 1 }, "copies": { "type": "boolean" }, "partial_sums": { "type": "boolean" }, "capacity_rows": { "type": "integer", "minimum": 1 }, "communicator": { "$ref": "#/definitions/Communicator" }, "demand": { "$ref": "#/definitions/Demand" }, "launches": { "type": "array", "items": { "$ref": "#/definitions/ExchangeLaunch" } }, "spreads": { "type": "array", "items": { "$ref": "#/definitions/Spread" } }, "routes": { "type": "array", "items": { "$ref": "#/definitions/Route" } }, "why": { "$ref": "#/definitions/ExchangeWhy" } } };
var func2 = Object.prototype.hasOwnProperty;
function validate71(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.memory_bytes === void 0 && (missing0 = "memory_bytes") || data.memory_bandwidth_bytes_per_s === void 0 && (missing0 = "memory_bandwidth_bytes_per_s") || data.sms === void 0 && (missing0 = "sms") || data.peak_flops === void 0 && (missing0 = "peak_flops")) {
        validate71.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "memory_bytes" || key0 === "memory_bandwidth_bytes_per_s" || key0 === "sms" || key0 === "peak_flops" || key0 === "calibration")) {
            validate71.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
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
                  validate71.errors = [{ instancePath: instancePath + "/memory_bytes", schemaPath: "#/properties/memory_bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                  return false;
                }
              } else {
                validate71.errors = [{ instancePath: instancePath + "/memory_bytes", schemaPath: "#/properties/memory_bytes/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                    validate71.errors = [{ instancePath: instancePath + "/memory_bandwidth_bytes_per_s", schemaPath: "#/properties/memory_bandwidth_bytes_per_s/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                } else {
                  validate71.errors = [{ instancePath: instancePath + "/memory_bandwidth_bytes_per_s", schemaPath: "#/properties/memory_bandwidth_bytes_per_s/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                  validate71.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate71.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
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
                              validate71.errors = [{ instancePath: instancePath + "/peak_flops/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/peak_flops/additionalProperties/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          } else {
                            validate71.errors = [{ instancePath: instancePath + "/peak_flops/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/peak_flops/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                            return false;
                          }
                        }
                        var valid1 = _errs11 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate71.errors = [{ instancePath: instancePath + "/peak_flops", schemaPath: "#/properties/peak_flops/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
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
                                validate71.errors = [{ instancePath: instancePath + "/calibration/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/calibration/additionalProperties/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            } else {
                              validate71.errors = [{ instancePath: instancePath + "/calibration/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/calibration/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                              return false;
                            }
                          }
                          var valid2 = _errs16 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        validate71.errors = [{ instancePath: instancePath + "/calibration", schemaPath: "#/properties/calibration/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
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
      validate71.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate71.errors = vErrors;
  return errors === 0;
}
var schema30 = { "title": "Tier", "type": "object", "additionalProperties": false, "required": ["name", "kind", "joins", "bandwidth_bytes_per_s", "efficiency", "latency_us", "message_gap_us", "span"], "properties": { "name": { "type": "string" }, "kind": { "type": "string", "enum": ["switch", "rail"] }, "joins": { "type": "integer", "minimum": 1 }, "bandwidth_bytes_per_s": { "type": "number", "minimum": 0 }, "efficiency": { "type": "number", "minimum": 0, "maximum": 1 }, "latency_us": { "type": "number", "minimum": 0 }, "message_gap_us": { "type": "number", "minimum": 0 }, "nics": { "type": "integer", "minimum": 1 }, "oversubscription": { "type": "number", "minimum": 1 }, "span": { "$ref": "#/definitions/Span" } } };
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (Array.isArray(data)) {
      if (data.length > 3) {
        validate24.errors = [{ instancePath, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 3 }, message: "must NOT have more than 3 items" }];
        return false;
      } else {
        if (data.length < 3) {
          validate24.errors = [{ instancePath, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 3 }, message: "must NOT have fewer than 3 items" }];
          return false;
        } else {
          const len0 = data.length;
          if (!(len0 <= 3)) {
            validate24.errors = [{ instancePath, schemaPath: "#/additionalItems", keyword: "additionalItems", params: { limit: 3 }, message: "must NOT have more than 3 items" }];
            return false;
          } else {
            const len1 = data.length;
            if (len1 > 0) {
              let data0 = data[0];
              const _errs1 = errors;
              if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
                validate24.errors = [{ instancePath: instancePath + "/0", schemaPath: "#/items/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs1) {
                if (typeof data0 == "number" && isFinite(data0)) {
                  if (data0 < 0 || isNaN(data0)) {
                    validate24.errors = [{ instancePath: instancePath + "/0", schemaPath: "#/items/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
                  validate24.errors = [{ instancePath: instancePath + "/1", schemaPath: "#/items/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs3) {
                  if (typeof data1 == "number" && isFinite(data1)) {
                    if (data1 < 0 || isNaN(data1)) {
                      validate24.errors = [{ instancePath: instancePath + "/1", schemaPath: "#/items/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
                    validate24.errors = [{ instancePath: instancePath + "/2", schemaPath: "#/items/2/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs5) {
                    if (typeof data2 == "number" && isFinite(data2)) {
                      if (data2 < 0 || isNaN(data2)) {
                        validate24.errors = [{ instancePath: instancePath + "/2", schemaPath: "#/items/2/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
      validate24.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
      return false;
    }
  }
  validate24.errors = vErrors;
  return errors === 0;
}
function validate73(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.kind === void 0 && (missing0 = "kind") || data.joins === void 0 && (missing0 = "joins") || data.bandwidth_bytes_per_s === void 0 && (missing0 = "bandwidth_bytes_per_s") || data.efficiency === void 0 && (missing0 = "efficiency") || data.latency_us === void 0 && (missing0 = "latency_us") || data.message_gap_us === void 0 && (missing0 = "message_gap_us") || data.span === void 0 && (missing0 = "span")) {
        validate73.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!func2.call(schema30.properties, key0)) {
            validate73.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate73.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
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
                validate73.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                return false;
              }
              if (!(data1 === "switch" || data1 === "rail")) {
                validate73.errors = [{ instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema30.properties.kind.enum }, message: "must be equal to one of the allowed values" }];
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
                  validate73.errors = [{ instancePath: instancePath + "/joins", schemaPath: "#/properties/joins/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate73.errors = [{ instancePath: instancePath + "/joins", schemaPath: "#/properties/joins/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
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
                        validate73.errors = [{ instancePath: instancePath + "/bandwidth_bytes_per_s", schemaPath: "#/properties/bandwidth_bytes_per_s/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    } else {
                      validate73.errors = [{ instancePath: instancePath + "/bandwidth_bytes_per_s", schemaPath: "#/properties/bandwidth_bytes_per_s/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                          validate73.errors = [{ instancePath: instancePath + "/efficiency", schemaPath: "#/properties/efficiency/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1 }, message: "must be <= 1" }];
                          return false;
                        } else {
                          if (data4 < 0 || isNaN(data4)) {
                            validate73.errors = [{ instancePath: instancePath + "/efficiency", schemaPath: "#/properties/efficiency/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        }
                      } else {
                        validate73.errors = [{ instancePath: instancePath + "/efficiency", schemaPath: "#/properties/efficiency/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                            validate73.errors = [{ instancePath: instancePath + "/latency_us", schemaPath: "#/properties/latency_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        } else {
                          validate73.errors = [{ instancePath: instancePath + "/latency_us", schemaPath: "#/properties/latency_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                              validate73.errors = [{ instancePath: instancePath + "/message_gap_us", schemaPath: "#/properties/message_gap_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          } else {
                            validate73.errors = [{ instancePath: instancePath + "/message_gap_us", schemaPath: "#/properties/message_gap_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                            validate73.errors = [{ instancePath: instancePath + "/nics", schemaPath: "#/properties/nics/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs16) {
                            if (typeof data7 == "number" && isFinite(data7)) {
                              if (data7 < 1 || isNaN(data7)) {
                                validate73.errors = [{ instancePath: instancePath + "/nics", schemaPath: "#/properties/nics/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
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
                                  validate73.errors = [{ instancePath: instancePath + "/oversubscription", schemaPath: "#/properties/oversubscription/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                  return false;
                                }
                              } else {
                                validate73.errors = [{ instancePath: instancePath + "/oversubscription", schemaPath: "#/properties/oversubscription/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
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
                              if (!validate24(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                                vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
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
      validate73.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate73.errors = vErrors;
  return errors === 0;
}
function validate208(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.gpus === void 0 && (missing0 = "gpus") || data.gpu === void 0 && (missing0 = "gpu") || data.tiers === void 0 && (missing0 = "tiers") || data.span === void 0 && (missing0 = "span")) {
        validate208.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "gpus" || key0 === "gpu" || key0 === "tiers" || key0 === "span")) {
            validate208.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate208.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
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
                validate208.errors = [{ instancePath: instancePath + "/gpus", schemaPath: "#/properties/gpus/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 1 || isNaN(data1)) {
                    validate208.errors = [{ instancePath: instancePath + "/gpus", schemaPath: "#/properties/gpus/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
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
                if (!validate71(data.gpu, { instancePath: instancePath + "/gpu", parentData: data, parentDataProperty: "gpu", rootData })) {
                  vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
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
                        if (!validate73(data3[i0], { instancePath: instancePath + "/tiers/" + i0, parentData: data3, parentDataProperty: i0, rootData })) {
                          vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
                          errors = vErrors.length;
                        }
                        var valid1 = _errs9 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    } else {
                      validate208.errors = [{ instancePath: instancePath + "/tiers", schemaPath: "#/properties/tiers/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
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
                    if (!validate24(data.span, { instancePath: instancePath + "/span", parentData: data, parentDataProperty: "span", rootData })) {
                      vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
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
      validate208.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate208.errors = vErrors;
  return errors === 0;
}
function validate213(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name") || data.sms === void 0 && (missing0 = "sms")) {
        validate213.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name" || key0 === "sms")) {
            validate213.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            const _errs2 = errors;
            if (typeof data.name !== "string") {
              validate213.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.sms !== void 0) {
              let data1 = data.sms;
              const _errs4 = errors;
              if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                validate213.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                return false;
              }
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate213.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
      validate213.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate213.errors = vErrors;
  return errors === 0;
}
function validate216(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.profiles === void 0 && (missing0 = "profiles") || data.of === void 0 && (missing0 = "of")) {
        validate216.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "profiles" || key0 === "of" || key0 === "relative")) {
            validate216.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.profiles !== void 0) {
            let data0 = data.profiles;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (Array.isArray(data0)) {
                var valid1 = true;
                const len0 = data0.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  let data1 = data0[i0];
                  const _errs4 = errors;
                  if (errors === _errs4) {
                    if (Array.isArray(data1)) {
                      var valid2 = true;
                      const len1 = data1.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        let data2 = data1[i1];
                        const _errs6 = errors;
                        if (errors === _errs6) {
                          if (typeof data2 == "number" && isFinite(data2)) {
                            if (data2 < 0 || isNaN(data2)) {
                              validate216.errors = [{ instancePath: instancePath + "/profiles/" + i0 + "/" + i1, schemaPath: "#/properties/profiles/items/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          } else {
                            validate216.errors = [{ instancePath: instancePath + "/profiles/" + i0 + "/" + i1, schemaPath: "#/properties/profiles/items/items/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                            return false;
                          }
                        }
                        var valid2 = _errs6 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    } else {
                      validate216.errors = [{ instancePath: instancePath + "/profiles/" + i0, schemaPath: "#/properties/profiles/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid1 = _errs4 === errors;
                  if (!valid1) {
                    break;
                  }
                }
              } else {
                validate216.errors = [{ instancePath: instancePath + "/profiles", schemaPath: "#/properties/profiles/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.of !== void 0) {
              let data3 = data.of;
              const _errs8 = errors;
              if (errors === _errs8) {
                if (Array.isArray(data3)) {
                  var valid3 = true;
                  const len2 = data3.length;
                  for (let i2 = 0; i2 < len2; i2++) {
                    let data4 = data3[i2];
                    const _errs10 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate216.errors = [{ instancePath: instancePath + "/of/" + i2, schemaPath: "#/properties/of/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs10) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 0 || isNaN(data4)) {
                          validate216.errors = [{ instancePath: instancePath + "/of/" + i2, schemaPath: "#/properties/of/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid3 = _errs10 === errors;
                    if (!valid3) {
                      break;
                    }
                  }
                } else {
                  validate216.errors = [{ instancePath: instancePath + "/of", schemaPath: "#/properties/of/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs8 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.relative !== void 0) {
                const _errs12 = errors;
                if (true !== data.relative) {
                  validate216.errors = [{ instancePath: instancePath + "/relative", schemaPath: "#/properties/relative/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant" }];
                  return false;
                }
                var valid0 = _errs12 === errors;
              } else {
                var valid0 = true;
              }
            }
          }
        }
      }
    } else {
      validate216.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate216.errors = vErrors;
  return errors === 0;
}
function validate215(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.rows === void 0 && (missing0 = "rows")) {
        validate215.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "rows" || key0 === "copies")) {
            validate215.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.rows !== void 0) {
            const _errs2 = errors;
            if (!validate216(data.rows, { instancePath: instancePath + "/rows", parentData: data, parentDataProperty: "rows", rootData })) {
              vErrors = vErrors === null ? validate216.errors : vErrors.concat(validate216.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.copies !== void 0) {
              const _errs4 = errors;
              if (!validate216(data.copies, { instancePath: instancePath + "/copies", parentData: data, parentDataProperty: "copies", rootData })) {
                vErrors = vErrors === null ? validate216.errors : vErrors.concat(validate216.errors);
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
      validate215.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate215.errors = vErrors;
  return errors === 0;
}
function validate220(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.name === void 0 && (missing0 = "name")) {
        validate220.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "name")) {
            validate220.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.name !== void 0) {
            if (typeof data.name !== "string") {
              validate220.errors = [{ instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
          }
        }
      }
    } else {
      validate220.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate220.errors = vErrors;
  return errors === 0;
}
var schema79 = { "type": "object", "additionalProperties": false, "required": ["by", "rails"], "properties": { "by": { "enum": ["source_index", "pair", "destination"] }, "rails": { "type": "array", "items": { "type": "array", "items": { "type": "integer", "minimum": 0 } } } } };
function validate222(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.by === void 0 && (missing0 = "by") || data.rails === void 0 && (missing0 = "rails")) {
        validate222.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "by" || key0 === "rails")) {
            validate222.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.by !== void 0) {
            let data0 = data.by;
            const _errs2 = errors;
            if (!(data0 === "source_index" || data0 === "pair" || data0 === "destination")) {
              validate222.errors = [{ instancePath: instancePath + "/by", schemaPath: "#/properties/by/enum", keyword: "enum", params: { allowedValues: schema79.properties.by.enum }, message: "must be equal to one of the allowed values" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.rails !== void 0) {
              let data1 = data.rails;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  var valid1 = true;
                  const len0 = data1.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data2 = data1[i0];
                    const _errs5 = errors;
                    if (errors === _errs5) {
                      if (Array.isArray(data2)) {
                        var valid2 = true;
                        const len1 = data2.length;
                        for (let i1 = 0; i1 < len1; i1++) {
                          let data3 = data2[i1];
                          const _errs7 = errors;
                          if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                            validate222.errors = [{ instancePath: instancePath + "/rails/" + i0 + "/" + i1, schemaPath: "#/properties/rails/items/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                            return false;
                          }
                          if (errors === _errs7) {
                            if (typeof data3 == "number" && isFinite(data3)) {
                              if (data3 < 0 || isNaN(data3)) {
                                validate222.errors = [{ instancePath: instancePath + "/rails/" + i0 + "/" + i1, schemaPath: "#/properties/rails/items/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            }
                          }
                          var valid2 = _errs7 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        validate222.errors = [{ instancePath: instancePath + "/rails/" + i0, schemaPath: "#/properties/rails/items/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                        return false;
                      }
                    }
                    var valid1 = _errs5 === errors;
                    if (!valid1) {
                      break;
                    }
                  }
                } else {
                  validate222.errors = [{ instancePath: instancePath + "/rails", schemaPath: "#/properties/rails/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
          }
        }
      }
    } else {
      validate222.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate222.errors = vErrors;
  return errors === 0;
}
var schema80 = { "type": "object", "additionalProperties": false, "required": ["pairs", "share", "way", "launches"], "properties": { "pairs": { "$ref": "#/definitions/Pairs" }, "share": { "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 2, "maxItems": 2 }, "way": { "enum": ["direct", "gather", "forward", "spread"] }, "launches": { "type": "array", "items": { "type": "integer", "minimum": 0 } }, "spread": { "type": "integer", "minimum": 0 } } };
function validate225(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  let passing0 = null;
  const _errs1 = errors;
  if ("all" !== data) {
    const err0 = { instancePath, schemaPath: "#/oneOf/0/const", keyword: "const", params: { allowedValue: "all" }, message: "must be equal to constant" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  if (_valid0) {
    valid0 = true;
    passing0 = 0;
  }
  const _errs2 = errors;
  if ("within" !== data) {
    const err1 = { instancePath, schemaPath: "#/oneOf/1/const", keyword: "const", params: { allowedValue: "within" }, message: "must be equal to constant" };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  var _valid0 = _errs2 === errors;
  if (_valid0 && valid0) {
    valid0 = false;
    passing0 = [passing0, 1];
  } else {
    if (_valid0) {
      valid0 = true;
      passing0 = 1;
    }
    const _errs3 = errors;
    if (errors === _errs3) {
      if (data && typeof data == "object" && !Array.isArray(data)) {
        let missing0;
        if (data.shifts === void 0 && (missing0 = "shifts")) {
          const err2 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        } else {
          const _errs5 = errors;
          for (const key0 in data) {
            if (!(key0 === "shifts")) {
              const err3 = { instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
              break;
            }
          }
          if (_errs5 === errors) {
            if (data.shifts !== void 0) {
              let data0 = data.shifts;
              const _errs6 = errors;
              if (errors === _errs6) {
                if (Array.isArray(data0)) {
                  if (data0.length > 2) {
                    const err4 = { instancePath: instancePath + "/shifts", schemaPath: "#/oneOf/2/properties/shifts/maxItems", keyword: "maxItems", params: { limit: 2 }, message: "must NOT have more than 2 items" };
                    if (vErrors === null) {
                      vErrors = [err4];
                    } else {
                      vErrors.push(err4);
                    }
                    errors++;
                  } else {
                    if (data0.length < 2) {
                      const err5 = { instancePath: instancePath + "/shifts", schemaPath: "#/oneOf/2/properties/shifts/minItems", keyword: "minItems", params: { limit: 2 }, message: "must NOT have fewer than 2 items" };
                      if (vErrors === null) {
                        vErrors = [err5];
                      } else {
                        vErrors.push(err5);
                      }
                      errors++;
                    } else {
                      var valid2 = true;
                      const len0 = data0.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        let data1 = data0[i0];
                        const _errs8 = errors;
                        if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
                          const err6 = { instancePath: instancePath + "/shifts/" + i0, schemaPath: "#/oneOf/2/properties/shifts/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                          if (vErrors === null) {
                            vErrors = [err6];
                          } else {
                            vErrors.push(err6);
                          }
                          errors++;
                        }
                        if (errors === _errs8) {
                          if (typeof data1 == "number" && isFinite(data1)) {
                            if (data1 < 0 || isNaN(data1)) {
                              const err7 = { instancePath: instancePath + "/shifts/" + i0, schemaPath: "#/oneOf/2/properties/shifts/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                              if (vErrors === null) {
                                vErrors = [err7];
                              } else {
                                vErrors.push(err7);
                              }
                              errors++;
                            }
                          }
                        }
                        var valid2 = _errs8 === errors;
                        if (!valid2) {
                          break;
                        }
                      }
                    }
                  }
                } else {
                  const err8 = { instancePath: instancePath + "/shifts", schemaPath: "#/oneOf/2/properties/shifts/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                  if (vErrors === null) {
                    vErrors = [err8];
                  } else {
                    vErrors.push(err8);
                  }
                  errors++;
                }
              }
            }
          }
        }
      } else {
        const err9 = { instancePath, schemaPath: "#/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    var _valid0 = _errs3 === errors;
    if (_valid0 && valid0) {
      valid0 = false;
      passing0 = [passing0, 2];
    } else {
      if (_valid0) {
        valid0 = true;
        passing0 = 2;
      }
      const _errs10 = errors;
      if (errors === _errs10) {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          let missing1;
          if (data.from === void 0 && (missing1 = "from") || data.to === void 0 && (missing1 = "to")) {
            const err10 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: missing1 }, message: "must have required property '" + missing1 + "'" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          } else {
            const _errs12 = errors;
            for (const key1 in data) {
              if (!(key1 === "from" || key1 === "to")) {
                const err11 = { instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
                break;
              }
            }
            if (_errs12 === errors) {
              if (data.from !== void 0) {
                let data2 = data.from;
                const _errs13 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  const err12 = { instancePath: instancePath + "/from", schemaPath: "#/oneOf/3/properties/from/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
                if (errors === _errs13) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 0 || isNaN(data2)) {
                      const err13 = { instancePath: instancePath + "/from", schemaPath: "#/oneOf/3/properties/from/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                      if (vErrors === null) {
                        vErrors = [err13];
                      } else {
                        vErrors.push(err13);
                      }
                      errors++;
                    }
                  }
                }
                var valid3 = _errs13 === errors;
              } else {
                var valid3 = true;
              }
              if (valid3) {
                if (data.to !== void 0) {
                  let data3 = data.to;
                  const _errs15 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    const err14 = { instancePath: instancePath + "/to", schemaPath: "#/oneOf/3/properties/to/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err14];
                    } else {
                      vErrors.push(err14);
                    }
                    errors++;
                  }
                  if (errors === _errs15) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 0 || isNaN(data3)) {
                        const err15 = { instancePath: instancePath + "/to", schemaPath: "#/oneOf/3/properties/to/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                        if (vErrors === null) {
                          vErrors = [err15];
                        } else {
                          vErrors.push(err15);
                        }
                        errors++;
                      }
                    }
                  }
                  var valid3 = _errs15 === errors;
                } else {
                  var valid3 = true;
                }
              }
            }
          }
        } else {
          const err16 = { instancePath, schemaPath: "#/oneOf/3/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
      var _valid0 = _errs10 === errors;
      if (_valid0 && valid0) {
        valid0 = false;
        passing0 = [passing0, 3];
      } else {
        if (_valid0) {
          valid0 = true;
          passing0 = 3;
        }
      }
    }
  }
  if (!valid0) {
    const err17 = { instancePath, schemaPath: "#/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf" };
    if (vErrors === null) {
      vErrors = [err17];
    } else {
      vErrors.push(err17);
    }
    errors++;
    validate225.errors = vErrors;
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
  validate225.errors = vErrors;
  return errors === 0;
}
function validate224(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.pairs === void 0 && (missing0 = "pairs") || data.share === void 0 && (missing0 = "share") || data.way === void 0 && (missing0 = "way") || data.launches === void 0 && (missing0 = "launches")) {
        validate224.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "pairs" || key0 === "share" || key0 === "way" || key0 === "launches" || key0 === "spread")) {
            validate224.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.pairs !== void 0) {
            const _errs2 = errors;
            if (!validate225(data.pairs, { instancePath: instancePath + "/pairs", parentData: data, parentDataProperty: "pairs", rootData })) {
              vErrors = vErrors === null ? validate225.errors : vErrors.concat(validate225.errors);
              errors = vErrors.length;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.share !== void 0) {
              let data1 = data.share;
              const _errs3 = errors;
              if (errors === _errs3) {
                if (Array.isArray(data1)) {
                  if (data1.length > 2) {
                    validate224.errors = [{ instancePath: instancePath + "/share", schemaPath: "#/properties/share/maxItems", keyword: "maxItems", params: { limit: 2 }, message: "must NOT have more than 2 items" }];
                    return false;
                  } else {
                    if (data1.length < 2) {
                      validate224.errors = [{ instancePath: instancePath + "/share", schemaPath: "#/properties/share/minItems", keyword: "minItems", params: { limit: 2 }, message: "must NOT have fewer than 2 items" }];
                      return false;
                    } else {
                      var valid1 = true;
                      const len0 = data1.length;
                      for (let i0 = 0; i0 < len0; i0++) {
                        let data2 = data1[i0];
                        const _errs5 = errors;
                        if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                          validate224.errors = [{ instancePath: instancePath + "/share/" + i0, schemaPath: "#/properties/share/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                          return false;
                        }
                        if (errors === _errs5) {
                          if (typeof data2 == "number" && isFinite(data2)) {
                            if (data2 < 0 || isNaN(data2)) {
                              validate224.errors = [{ instancePath: instancePath + "/share/" + i0, schemaPath: "#/properties/share/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                              return false;
                            }
                          }
                        }
                        var valid1 = _errs5 === errors;
                        if (!valid1) {
                          break;
                        }
                      }
                    }
                  }
                } else {
                  validate224.errors = [{ instancePath: instancePath + "/share", schemaPath: "#/properties/share/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                  return false;
                }
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.way !== void 0) {
                let data3 = data.way;
                const _errs7 = errors;
                if (!(data3 === "direct" || data3 === "gather" || data3 === "forward" || data3 === "spread")) {
                  validate224.errors = [{ instancePath: instancePath + "/way", schemaPath: "#/properties/way/enum", keyword: "enum", params: { allowedValues: schema80.properties.way.enum }, message: "must be equal to one of the allowed values" }];
                  return false;
                }
                var valid0 = _errs7 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.launches !== void 0) {
                  let data4 = data.launches;
                  const _errs8 = errors;
                  if (errors === _errs8) {
                    if (Array.isArray(data4)) {
                      var valid2 = true;
                      const len1 = data4.length;
                      for (let i1 = 0; i1 < len1; i1++) {
                        let data5 = data4[i1];
                        const _errs10 = errors;
                        if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                          validate224.errors = [{ instancePath: instancePath + "/launches/" + i1, schemaPath: "#/properties/launches/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                          return false;
                        }
                        if (errors === _errs10) {
                          if (typeof data5 == "number" && isFinite(data5)) {
                            if (data5 < 0 || isNaN(data5)) {
                              validate224.errors = [{ instancePath: instancePath + "/launches/" + i1, schemaPath: "#/properties/launches/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
                      validate224.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                      return false;
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.spread !== void 0) {
                    let data6 = data.spread;
                    const _errs12 = errors;
                    if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
                      validate224.errors = [{ instancePath: instancePath + "/spread", schemaPath: "#/properties/spread/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs12) {
                      if (typeof data6 == "number" && isFinite(data6)) {
                        if (data6 < 0 || isNaN(data6)) {
                          validate224.errors = [{ instancePath: instancePath + "/spread", schemaPath: "#/properties/spread/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
      }
    } else {
      validate224.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate224.errors = vErrors;
  return errors === 0;
}
function validate229(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.time_us === void 0 && (missing0 = "time_us") || data.bound_us === void 0 && (missing0 = "bound_us") || data.bytes_per_tier === void 0 && (missing0 = "bytes_per_tier")) {
        validate229.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "time_us" || key0 === "bound_us" || key0 === "bytes_per_tier" || key0 === "bound_of" || key0 === "launch_us")) {
            validate229.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.time_us !== void 0) {
            let data0 = data.time_us;
            const _errs2 = errors;
            if (errors === _errs2) {
              if (typeof data0 == "number" && isFinite(data0)) {
                if (data0 < 0 || isNaN(data0)) {
                  validate229.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                  return false;
                }
              } else {
                validate229.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                return false;
              }
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.bound_us !== void 0) {
              let data1 = data.bound_us;
              const _errs4 = errors;
              if (errors === _errs4) {
                if (typeof data1 == "number" && isFinite(data1)) {
                  if (data1 < 0 || isNaN(data1)) {
                    validate229.errors = [{ instancePath: instancePath + "/bound_us", schemaPath: "#/properties/bound_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                } else {
                  validate229.errors = [{ instancePath: instancePath + "/bound_us", schemaPath: "#/properties/bound_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.bytes_per_tier !== void 0) {
                let data2 = data.bytes_per_tier;
                const _errs6 = errors;
                if (errors === _errs6) {
                  if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
                    for (const key1 in data2) {
                      let data3 = data2[key1];
                      const _errs9 = errors;
                      if (!(typeof data3 == "number" && isFinite(data3))) {
                        validate229.errors = [{ instancePath: instancePath + "/bytes_per_tier/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/bytes_per_tier/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                        return false;
                      }
                      var valid1 = _errs9 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  } else {
                    validate229.errors = [{ instancePath: instancePath + "/bytes_per_tier", schemaPath: "#/properties/bytes_per_tier/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                    return false;
                  }
                }
                var valid0 = _errs6 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.bound_of !== void 0) {
                  const _errs11 = errors;
                  if (typeof data.bound_of !== "string") {
                    validate229.errors = [{ instancePath: instancePath + "/bound_of", schemaPath: "#/properties/bound_of/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                    return false;
                  }
                  var valid0 = _errs11 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.launch_us !== void 0) {
                    let data5 = data.launch_us;
                    const _errs13 = errors;
                    if (errors === _errs13) {
                      if (Array.isArray(data5)) {
                        var valid2 = true;
                        const len0 = data5.length;
                        for (let i0 = 0; i0 < len0; i0++) {
                          let data6 = data5[i0];
                          const _errs15 = errors;
                          if (errors === _errs15) {
                            if (typeof data6 == "number" && isFinite(data6)) {
                              if (data6 < 0 || isNaN(data6)) {
                                validate229.errors = [{ instancePath: instancePath + "/launch_us/" + i0, schemaPath: "#/properties/launch_us/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                                return false;
                              }
                            } else {
                              validate229.errors = [{ instancePath: instancePath + "/launch_us/" + i0, schemaPath: "#/properties/launch_us/items/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                              return false;
                            }
                          }
                          var valid2 = _errs15 === errors;
                          if (!valid2) {
                            break;
                          }
                        }
                      } else {
                        validate229.errors = [{ instancePath: instancePath + "/launch_us", schemaPath: "#/properties/launch_us/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
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
      validate229.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate229.errors = vErrors;
  return errors === 0;
}
function validate231(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.algorithm === void 0 && (missing0 = "algorithm")) {
        validate231.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "algorithm" || key0 === "time_us" || key0 === "stages" || key0 === "launches" || key0 === "sms" || key0 === "buffer_bytes" || key0 === "bytes_per_tier" || key0 === "reason")) {
            validate231.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.algorithm !== void 0) {
            const _errs2 = errors;
            if (typeof data.algorithm !== "string") {
              validate231.errors = [{ instancePath: instancePath + "/algorithm", schemaPath: "#/properties/algorithm/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
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
                    validate231.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                    return false;
                  }
                } else {
                  validate231.errors = [{ instancePath: instancePath + "/time_us", schemaPath: "#/properties/time_us/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                  return false;
                }
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.stages !== void 0) {
                let data2 = data.stages;
                const _errs6 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate231.errors = [{ instancePath: instancePath + "/stages", schemaPath: "#/properties/stages/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs6) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 0 || isNaN(data2)) {
                      validate231.errors = [{ instancePath: instancePath + "/stages", schemaPath: "#/properties/stages/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
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
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    validate231.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs8) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 0 || isNaN(data3)) {
                        validate231.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs8 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.sms !== void 0) {
                    let data4 = data.sms;
                    const _errs10 = errors;
                    if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
                      validate231.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                      return false;
                    }
                    if (errors === _errs10) {
                      if (typeof data4 == "number" && isFinite(data4)) {
                        if (data4 < 0 || isNaN(data4)) {
                          validate231.errors = [{ instancePath: instancePath + "/sms", schemaPath: "#/properties/sms/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                          return false;
                        }
                      }
                    }
                    var valid0 = _errs10 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.buffer_bytes !== void 0) {
                      let data5 = data.buffer_bytes;
                      const _errs12 = errors;
                      if (errors === _errs12) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 < 0 || isNaN(data5)) {
                            validate231.errors = [{ instancePath: instancePath + "/buffer_bytes", schemaPath: "#/properties/buffer_bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" }];
                            return false;
                          }
                        } else {
                          validate231.errors = [{ instancePath: instancePath + "/buffer_bytes", schemaPath: "#/properties/buffer_bytes/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                          return false;
                        }
                      }
                      var valid0 = _errs12 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.bytes_per_tier !== void 0) {
                        let data6 = data.bytes_per_tier;
                        const _errs14 = errors;
                        if (errors === _errs14) {
                          if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
                            for (const key1 in data6) {
                              let data7 = data6[key1];
                              const _errs17 = errors;
                              if (!(typeof data7 == "number" && isFinite(data7))) {
                                validate231.errors = [{ instancePath: instancePath + "/bytes_per_tier/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/bytes_per_tier/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number" }];
                                return false;
                              }
                              var valid1 = _errs17 === errors;
                              if (!valid1) {
                                break;
                              }
                            }
                          } else {
                            validate231.errors = [{ instancePath: instancePath + "/bytes_per_tier", schemaPath: "#/properties/bytes_per_tier/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
                            return false;
                          }
                        }
                        var valid0 = _errs14 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.reason !== void 0) {
                          const _errs19 = errors;
                          if (typeof data.reason !== "string") {
                            validate231.errors = [{ instancePath: instancePath + "/reason", schemaPath: "#/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
                            return false;
                          }
                          var valid0 = _errs19 === errors;
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
    } else {
      validate231.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate231.errors = vErrors;
  return errors === 0;
}
function validate228(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.algorithm === void 0 && (missing0 = "algorithm") || data.prediction === void 0 && (missing0 = "prediction") || data.candidates === void 0 && (missing0 = "candidates")) {
        validate228.errors = [{ instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: missing0 }, message: "must have required property '" + missing0 + "'" }];
        return false;
      } else {
        const _errs1 = errors;
        for (const key0 in data) {
          if (!(key0 === "algorithm" || key0 === "prediction" || key0 === "candidates")) {
            validate228.errors = [{ instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" }];
            return false;
            break;
          }
        }
        if (_errs1 === errors) {
          if (data.algorithm !== void 0) {
            const _errs2 = errors;
            if (typeof data.algorithm !== "string") {
              validate228.errors = [{ instancePath: instancePath + "/algorithm", schemaPath: "#/properties/algorithm/type", keyword: "type", params: { type: "string" }, message: "must be string" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.prediction !== void 0) {
              const _errs4 = errors;
              if (!validate229(data.prediction, { instancePath: instancePath + "/prediction", parentData: data, parentDataProperty: "prediction", rootData })) {
                vErrors = vErrors === null ? validate229.errors : vErrors.concat(validate229.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs4 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.candidates !== void 0) {
                let data2 = data.candidates;
                const _errs5 = errors;
                if (errors === _errs5) {
                  if (Array.isArray(data2)) {
                    var valid1 = true;
                    const len0 = data2.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      const _errs7 = errors;
                      if (!validate231(data2[i0], { instancePath: instancePath + "/candidates/" + i0, parentData: data2, parentDataProperty: i0, rootData })) {
                        vErrors = vErrors === null ? validate231.errors : vErrors.concat(validate231.errors);
                        errors = vErrors.length;
                      }
                      var valid1 = _errs7 === errors;
                      if (!valid1) {
                        break;
                      }
                    }
                  } else {
                    validate228.errors = [{ instancePath: instancePath + "/candidates", schemaPath: "#/properties/candidates/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
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
      }
    } else {
      validate228.errors = [{ instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" }];
      return false;
    }
  }
  validate228.errors = vErrors;
  return errors === 0;
}
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  if (errors === 0) {
    if (data && typeof data == "object" && !Array.isArray(data)) {
      let missing0;
      if (data.format === void 0 && (missing0 = "format") || data.machine === void 0 && (missing0 = "machine") || data.ranks === void 0 && (missing0 = "ranks") || data.ranks_per_node === void 0 && (missing0 = "ranks_per_node") || data.direction === void 0 && (missing0 = "direction") || data.row_bytes === void 0 && (missing0 = "row_bytes") || data.copies === void 0 && (missing0 = "copies") || data.partial_sums === void 0 && (missing0 = "partial_sums") || data.communicator === void 0 && (missing0 = "communicator") || data.demand === void 0 && (missing0 = "demand") || data.launches === void 0 && (missing0 = "launches") || data.spreads === void 0 && (missing0 = "spreads") || data.routes === void 0 && (missing0 = "routes")) {
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
            if ("weft.exchange/1" !== data.format) {
              validate21.errors = [{ instancePath: instancePath + "/format", schemaPath: "#/properties/format/const", keyword: "const", params: { allowedValue: "weft.exchange/1" }, message: "must be equal to constant" }];
              return false;
            }
            var valid0 = _errs2 === errors;
          } else {
            var valid0 = true;
          }
          if (valid0) {
            if (data.machine !== void 0) {
              const _errs3 = errors;
              if (!validate208(data.machine, { instancePath: instancePath + "/machine", parentData: data, parentDataProperty: "machine", rootData })) {
                vErrors = vErrors === null ? validate208.errors : vErrors.concat(validate208.errors);
                errors = vErrors.length;
              }
              var valid0 = _errs3 === errors;
            } else {
              var valid0 = true;
            }
            if (valid0) {
              if (data.ranks !== void 0) {
                let data2 = data.ranks;
                const _errs4 = errors;
                if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
                  validate21.errors = [{ instancePath: instancePath + "/ranks", schemaPath: "#/properties/ranks/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                  return false;
                }
                if (errors === _errs4) {
                  if (typeof data2 == "number" && isFinite(data2)) {
                    if (data2 < 1 || isNaN(data2)) {
                      validate21.errors = [{ instancePath: instancePath + "/ranks", schemaPath: "#/properties/ranks/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                      return false;
                    }
                  }
                }
                var valid0 = _errs4 === errors;
              } else {
                var valid0 = true;
              }
              if (valid0) {
                if (data.ranks_per_node !== void 0) {
                  let data3 = data.ranks_per_node;
                  const _errs6 = errors;
                  if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
                    validate21.errors = [{ instancePath: instancePath + "/ranks_per_node", schemaPath: "#/properties/ranks_per_node/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                    return false;
                  }
                  if (errors === _errs6) {
                    if (typeof data3 == "number" && isFinite(data3)) {
                      if (data3 < 1 || isNaN(data3)) {
                        validate21.errors = [{ instancePath: instancePath + "/ranks_per_node", schemaPath: "#/properties/ranks_per_node/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                        return false;
                      }
                    }
                  }
                  var valid0 = _errs6 === errors;
                } else {
                  var valid0 = true;
                }
                if (valid0) {
                  if (data.direction !== void 0) {
                    let data4 = data.direction;
                    const _errs8 = errors;
                    if (!(data4 === "dispatch" || data4 === "combine")) {
                      validate21.errors = [{ instancePath: instancePath + "/direction", schemaPath: "#/properties/direction/enum", keyword: "enum", params: { allowedValues: schema6.properties.direction.enum }, message: "must be equal to one of the allowed values" }];
                      return false;
                    }
                    var valid0 = _errs8 === errors;
                  } else {
                    var valid0 = true;
                  }
                  if (valid0) {
                    if (data.row_bytes !== void 0) {
                      let data5 = data.row_bytes;
                      const _errs9 = errors;
                      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                        validate21.errors = [{ instancePath: instancePath + "/row_bytes", schemaPath: "#/properties/row_bytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                        return false;
                      }
                      if (errors === _errs9) {
                        if (typeof data5 == "number" && isFinite(data5)) {
                          if (data5 < 1 || isNaN(data5)) {
                            validate21.errors = [{ instancePath: instancePath + "/row_bytes", schemaPath: "#/properties/row_bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                            return false;
                          }
                        }
                      }
                      var valid0 = _errs9 === errors;
                    } else {
                      var valid0 = true;
                    }
                    if (valid0) {
                      if (data.copies !== void 0) {
                        const _errs11 = errors;
                        if (typeof data.copies !== "boolean") {
                          validate21.errors = [{ instancePath: instancePath + "/copies", schemaPath: "#/properties/copies/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                          return false;
                        }
                        var valid0 = _errs11 === errors;
                      } else {
                        var valid0 = true;
                      }
                      if (valid0) {
                        if (data.partial_sums !== void 0) {
                          const _errs13 = errors;
                          if (typeof data.partial_sums !== "boolean") {
                            validate21.errors = [{ instancePath: instancePath + "/partial_sums", schemaPath: "#/properties/partial_sums/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" }];
                            return false;
                          }
                          var valid0 = _errs13 === errors;
                        } else {
                          var valid0 = true;
                        }
                        if (valid0) {
                          if (data.capacity_rows !== void 0) {
                            let data8 = data.capacity_rows;
                            const _errs15 = errors;
                            if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
                              validate21.errors = [{ instancePath: instancePath + "/capacity_rows", schemaPath: "#/properties/capacity_rows/type", keyword: "type", params: { type: "integer" }, message: "must be integer" }];
                              return false;
                            }
                            if (errors === _errs15) {
                              if (typeof data8 == "number" && isFinite(data8)) {
                                if (data8 < 1 || isNaN(data8)) {
                                  validate21.errors = [{ instancePath: instancePath + "/capacity_rows", schemaPath: "#/properties/capacity_rows/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" }];
                                  return false;
                                }
                              }
                            }
                            var valid0 = _errs15 === errors;
                          } else {
                            var valid0 = true;
                          }
                          if (valid0) {
                            if (data.communicator !== void 0) {
                              const _errs17 = errors;
                              if (!validate213(data.communicator, { instancePath: instancePath + "/communicator", parentData: data, parentDataProperty: "communicator", rootData })) {
                                vErrors = vErrors === null ? validate213.errors : vErrors.concat(validate213.errors);
                                errors = vErrors.length;
                              }
                              var valid0 = _errs17 === errors;
                            } else {
                              var valid0 = true;
                            }
                            if (valid0) {
                              if (data.demand !== void 0) {
                                const _errs18 = errors;
                                if (!validate215(data.demand, { instancePath: instancePath + "/demand", parentData: data, parentDataProperty: "demand", rootData })) {
                                  vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
                                  errors = vErrors.length;
                                }
                                var valid0 = _errs18 === errors;
                              } else {
                                var valid0 = true;
                              }
                              if (valid0) {
                                if (data.launches !== void 0) {
                                  let data11 = data.launches;
                                  const _errs19 = errors;
                                  if (errors === _errs19) {
                                    if (Array.isArray(data11)) {
                                      var valid1 = true;
                                      const len0 = data11.length;
                                      for (let i0 = 0; i0 < len0; i0++) {
                                        const _errs21 = errors;
                                        if (!validate220(data11[i0], { instancePath: instancePath + "/launches/" + i0, parentData: data11, parentDataProperty: i0, rootData })) {
                                          vErrors = vErrors === null ? validate220.errors : vErrors.concat(validate220.errors);
                                          errors = vErrors.length;
                                        }
                                        var valid1 = _errs21 === errors;
                                        if (!valid1) {
                                          break;
                                        }
                                      }
                                    } else {
                                      validate21.errors = [{ instancePath: instancePath + "/launches", schemaPath: "#/properties/launches/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                      return false;
                                    }
                                  }
                                  var valid0 = _errs19 === errors;
                                } else {
                                  var valid0 = true;
                                }
                                if (valid0) {
                                  if (data.spreads !== void 0) {
                                    let data13 = data.spreads;
                                    const _errs22 = errors;
                                    if (errors === _errs22) {
                                      if (Array.isArray(data13)) {
                                        var valid2 = true;
                                        const len1 = data13.length;
                                        for (let i1 = 0; i1 < len1; i1++) {
                                          const _errs24 = errors;
                                          if (!validate222(data13[i1], { instancePath: instancePath + "/spreads/" + i1, parentData: data13, parentDataProperty: i1, rootData })) {
                                            vErrors = vErrors === null ? validate222.errors : vErrors.concat(validate222.errors);
                                            errors = vErrors.length;
                                          }
                                          var valid2 = _errs24 === errors;
                                          if (!valid2) {
                                            break;
                                          }
                                        }
                                      } else {
                                        validate21.errors = [{ instancePath: instancePath + "/spreads", schemaPath: "#/properties/spreads/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                        return false;
                                      }
                                    }
                                    var valid0 = _errs22 === errors;
                                  } else {
                                    var valid0 = true;
                                  }
                                  if (valid0) {
                                    if (data.routes !== void 0) {
                                      let data15 = data.routes;
                                      const _errs25 = errors;
                                      if (errors === _errs25) {
                                        if (Array.isArray(data15)) {
                                          var valid3 = true;
                                          const len2 = data15.length;
                                          for (let i2 = 0; i2 < len2; i2++) {
                                            const _errs27 = errors;
                                            if (!validate224(data15[i2], { instancePath: instancePath + "/routes/" + i2, parentData: data15, parentDataProperty: i2, rootData })) {
                                              vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
                                              errors = vErrors.length;
                                            }
                                            var valid3 = _errs27 === errors;
                                            if (!valid3) {
                                              break;
                                            }
                                          }
                                        } else {
                                          validate21.errors = [{ instancePath: instancePath + "/routes", schemaPath: "#/properties/routes/type", keyword: "type", params: { type: "array" }, message: "must be array" }];
                                          return false;
                                        }
                                      }
                                      var valid0 = _errs25 === errors;
                                    } else {
                                      var valid0 = true;
                                    }
                                    if (valid0) {
                                      if (data.why !== void 0) {
                                        const _errs28 = errors;
                                        if (!validate228(data.why, { instancePath: instancePath + "/why", parentData: data, parentDataProperty: "why", rootData })) {
                                          vErrors = vErrors === null ? validate228.errors : vErrors.concat(validate228.errors);
                                          errors = vErrors.length;
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
