/**
 * To come.
 * @module
 */
export class GuestMemory {}
