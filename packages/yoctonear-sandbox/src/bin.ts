#!/usr/bin/env node
/**
 * The command.
 * @module
 */
export {};
