/**
 * What each entry file of this folder may weigh: gzipped bytes, the larger count of esbuild and Rollup. A number is raised only
 * in the commit that causes it.
 * @module
 */

/** An entry file and its limit. */
export interface Budget {
  /** File of this folder, without its ending */
  readonly entry: string;
  /** Gzipped bytes at most */
  readonly bytes: number;
  /** Identifiers that must not be in the bundle */
  readonly absent: readonly string[];
}

const CURVES = ["edwards", "weierstrass", "secp256k1_CURVE", "wordlist"];

/**
 * All limits; those without `account-` are of the foundation's issue. It asks for 21,000 and 8,000 of the two transfers and 25,000
 * of `connect`, which they do not reach: noble's curve with its hashes takes 14,100, its SHA-256 alone 2,450. The methods of the
 * contracts' issue add 2,980 to `connect`: trees of receipts 1,070, delegates 800 (a wallet's too), reading contracts 330, deploying 250, the rest
 * registrars, methods and views with logs; nothing to the others. A fungible token costs 1,970 more than NEAR to send: the receiver's
 * registration, the decimals, the checks of what the contract answers. The sender's issue adds 1,300 to everything that sends: the
 * machine that decides, the proof on which it signs anew, the rows of gas keys, strict nonces, bounded queues; a journal adds nothing.
 * What the node's protocol version does not take is refused before it is signed: 500 more to all that send. The same again is
 * what the reviews of the sender and of the journal have cost.
 * To verify a message, the issue of messages allows 18,000 with ed25519 alone, and 32,000 with all types of keys: ed25519 is the
 * platform's there, and noble's would be 12,000 more.
 */
export const budgets: readonly Budget[] = [
  { entry: "amount", bytes: 500, absent: ["Reader", "Writer", "fetch", "sha256", ...CURVES] },
  {
    entry: "view",
    bytes: 3000,
    absent: ["Reader", "Writer", "sha256", "SigningAccount", ...CURVES],
  },
  {
    entry: "contract",
    bytes: 4700,
    absent: ["Reader", "Writer", "sha256", "SigningAccount", ...CURVES],
  },
  { entry: "transfer-noble", bytes: 25_300, absent: ["secp256k1_CURVE", "wordlist", "SeedPhrase"] },
  { entry: "transfer-webcrypto", bytes: 13_550, absent: ["Reader", "SeedPhrase", ...CURVES] },
  {
    entry: "account-transfer-noble",
    bytes: 31_950,
    absent: ["secp256k1_CURVE", "wordlist", "SeedPhrase"],
  },
  {
    entry: "account-transfer-webcrypto",
    bytes: 20_300,
    absent: ["Reader", "SeedPhrase", ...CURVES],
  },
  { entry: "connect", bytes: 37_650, absent: ["secp256k1_CURVE", "wordlist", "SeedPhrase"] },
  {
    entry: "ft-balance",
    bytes: 3_800,
    absent: ["Reader", "Writer", "sha256", "SigningAccount", "ft_transfer", ...CURVES],
  },
  {
    entry: "ft-transfer-noble",
    bytes: 34_000,
    absent: ["secp256k1_CURVE", "wordlist", "SeedPhrase", "nft_", "ft_total_supply"],
  },
  {
    entry: "verify-message-ed25519",
    bytes: 10_000,
    absent: ["Reader", "Writer", "w_resolve_auth", ...CURVES],
  },
  {
    entry: "verify-message-noble",
    bytes: 22_000,
    absent: ["Reader", "Writer", "w_resolve_auth", "secp256k1_CURVE", "wordlist"],
  },
  {
    entry: "verify-message-all",
    bytes: 32_000,
    absent: ["Reader", "Writer", "w_resolve_auth", "wordlist"],
  },
];
