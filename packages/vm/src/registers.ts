/**
 * To come.
 * @module
 */
export class Registers {}
