/**
 * Borsh codecs as composable values.
 * @module
 */
export * from "@yoctonear/borsh";
