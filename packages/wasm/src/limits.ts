/**
 * Limits of protocol 86 on contracts, and those of the parser that nearcore uses.
 * Sources: nearcore core/parameters (`limit_config`), wasmparser src/limits.rs.
 * @module
 */

export const MAX_TYPES = 1_024;
export const MAX_FUNCTIONS = 10_000;
export const MAX_TABLES = 1;
export const MAX_TABLE_ELEMENTS = 10_000;
/** Bytes of a function's body, without their count. */
export const MAX_BODY_SIZE = 196_608;
/** Declared locals of all functions. */
export const MAX_LOCALS_PER_CONTRACT = 1_000_000;
export const MAX_PARAMS_PER_FUNCTION = 64;
export const MAX_PARAMS_PER_CONTRACT = 50_000;
/** Bytes. */
export const MAX_OPERAND_STACK = 8_192;
export const MAX_BLOCKS_PER_FUNCTION = 5_000;
export const MAX_BLOCKS_PER_CONTRACT = 50_000;
/** Bytes. */
export const MAX_INSTRUMENTED_SIZE = 16_777_216;

/** Pages of the memory that every contract gets. */
export const INITIAL_MEMORY_PAGES = 1_024;
export const MAX_MEMORY_PAGES = 2_048;

/** Parameters and locals of a function; engines have the same limit. */
export const MAX_LOCALS_PER_FUNCTION = 50_000;
export const PARSER_MAX_ITEMS = 1_000_000;
export const PARSER_MAX_PARAMS = 1_000;
export const PARSER_MAX_TABLES = 100;
export const PARSER_MAX_TABLE_ELEMENTS = 10_000_000;
export const PARSER_MAX_MEMORY_PAGES = 65_536;
export const PARSER_MAX_SEGMENTS = 100_000;
/** Bytes of a name. */
export const PARSER_MAX_NAME = 100_000;
export const PARSER_MAX_BRANCH_TARGETS = 131_072;
/** Sizes of the types of imports and exports, added up. */
export const PARSER_MAX_TYPE_SIZE = 1_000_000;
