/**
 * What `--help` and `--version` print.
 * @module
 */

/** Text of `--help`. */
export const HELP = `nearcore's near-sandbox in JavaScript: a NEAR chain in memory, behind HTTP

Usage: yoctonear-sandbox [--home DIR] <command>

Commands:
  init                    Write config.json, genesis.json and the keys to DIR
    --fast                  Short epochs
    --chain-id ID           Name of the chain; a random one unless told
    --account-id ID         The validator; test.near unless told
    --test-seed SEED        Derive its key from this text
  run                     Start the chain of DIR and serve it
    --rpc-addr HOST:PORT    Where to; that in config.json unless told, 127.0.0.1:3030 after init
    --network-addr ADDR     Taken and ignored: there is no network
    --produce-empty-blocks true|false
                            Whether blocks are made while nothing happens but requests
  view-state dump-state   Write the state as a genesis to DIR/output.json
    --stream                To DIR/output/, the records to a file of their own
    --file PATH             To another place

Flags:
  --home DIR              The folder; $NEAR_HOME or ~/.near unless told
  --help, --version
`;

/** nearcore's release that the chain behaves like, and its protocol. */
const RELEASE = "2.13.4";
const PROTOCOL = 86;

/** The line of `--version`, in the form of nearcore's. */
export function versionLine(ownVersion: string): string {
  return `near-sandbox (release ${RELEASE}) (build yoctonear-sandbox-${ownVersion}) (protocol ${PROTOCOL})\n`;
}
