/**
 * To come.
 * @module
 */
export class GasCounter {}
