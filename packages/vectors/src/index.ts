/**
 * Known answers and recordings of a real nearcore node, copied by scripts/vectors.mjs with their hashes. For tests only.
 * @module
 */
export { field, flag, has, integer, list, type Path, record, text } from "./access.ts";
export { type Json, parse } from "./json.ts";
export {
  loadParameters,
  loadProbeContract,
  loadProbeTable,
  loadRecording,
  loadVectors,
  type RecordingName,
  type Vector,
  type VectorsName,
  vectorsOf,
} from "./load.ts";
