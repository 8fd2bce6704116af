#!/usr/bin/env node
/**
 * Starts the command: from one file, made of all modules by scripts/bundle.mjs, which takes half the time of loading some three hundred.
 * Where tsc has compiled a module since, the modules themselves are loaded. An installed package has no notes of the compiler.
 */
import { statSync } from "node:fs";

/** @param {string} path */
const timeOf = (path) =>
  statSync(new URL(path, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const bundled = timeOf("../dist/bundle.js");
const parts = "base borsh keys localnet primitives rpc transactions vm wasm yoctonear-sandbox";
const compiled = parts.split(" ").map((part) => timeOf(`../../${part}/.tmp/src.tsbuildinfo`));
await import(bundled > Math.max(...compiled) ? "../dist/bundle.js" : "../dist/bin.js");
