/**
 * To come.
 * @module
 */
export class Logs {}
