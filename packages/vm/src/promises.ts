/**
 * To come.
 * @module
 */
export class Promises {}
