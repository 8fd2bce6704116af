/**
 * What host functions cost at protocol 86 (nearcore `ExtCosts`, core/parameters/res/runtime_configs). A test
 * compares the whole table.
 * @module
 */

/** One host cost. Numbers, not `bigint`: all are far below 2^53, and a call adds up thousands of them. */
export interface ExtCost {
  readonly gas: number;
  /** Time on the reference machine, in gas; more than gas for what disks do. */
  readonly compute: number;
}

/** Name of a host cost: nearcore's without `wasm_`. */
export type ExtCostName =
  | "base"
  | "contractLoadingBase"
  | "contractLoadingBytes"
  | "readMemoryBase"
  | "readMemoryByte"
  | "writeMemoryBase"
  | "writeMemoryByte"
  | "readRegisterBase"
  | "readRegisterByte"
  | "writeRegisterBase"
  | "writeRegisterByte"
  | "utf8DecodingBase"
  | "utf8DecodingByte"
  | "utf16DecodingBase"
  | "utf16DecodingByte"
  | "sha256Base"
  | "sha256Byte"
  | "keccak256Base"
  | "keccak256Byte"
  | "keccak512Base"
  | "keccak512Byte"
  | "ripemd160Base"
  | "ripemd160Block"
  | "ecrecoverBase"
  | "ed25519VerifyBase"
  | "ed25519VerifyByte"
  | "logBase"
  | "logByte"
  | "storageWriteBase"
  | "storageWriteKeyByte"
  | "storageWriteValueByte"
  | "storageWriteEvictedByte"
  | "storageReadBase"
  | "storageReadKeyByte"
  | "storageReadValueByte"
  | "storageLargeReadOverheadBase"
  | "storageLargeReadOverheadByte"
  | "storageRemoveBase"
  | "storageRemoveKeyByte"
  | "storageRemoveRetValueByte"
  | "storageHasKeyBase"
  | "storageHasKeyByte"
  | "storageIterCreatePrefixBase"
  | "storageIterCreatePrefixByte"
  | "storageIterCreateRangeBase"
  | "storageIterCreateFromByte"
  | "storageIterCreateToByte"
  | "storageIterNextBase"
  | "storageIterNextKeyByte"
  | "storageIterNextValueByte"
  | "touchingTrieNode"
  | "readCachedTrieNode"
  | "promiseAndBase"
  | "promiseAndPerPromise"
  | "promiseReturn"
  | "validatorStakeBase"
  | "validatorTotalStakeBase"
  | "altBn128G1MultiexpBase"
  | "altBn128G1MultiexpElement"
  | "altBn128PairingCheckBase"
  | "altBn128PairingCheckElement"
  | "altBn128G1SumBase"
  | "altBn128G1SumElement"
  | "yieldCreateBase"
  | "yieldCreateByte"
  | "yieldResumeBase"
  | "yieldResumeByte"
  | "bls12381P1SumBase"
  | "bls12381P1SumElement"
  | "bls12381P2SumBase"
  | "bls12381P2SumElement"
  | "bls12381G1MultiexpBase"
  | "bls12381G1MultiexpElement"
  | "bls12381G2MultiexpBase"
  | "bls12381G2MultiexpElement"
  | "bls12381MapFpToG1Base"
  | "bls12381MapFpToG1Element"
  | "bls12381MapFp2ToG2Base"
  | "bls12381MapFp2ToG2Element"
  | "bls12381PairingBase"
  | "bls12381PairingElement"
  | "bls12381P1DecompressBase"
  | "bls12381P1DecompressElement"
  | "bls12381P2DecompressBase"
  | "bls12381P2DecompressElement"
  | "p256VerifyBase"
  | "p256VerifyByte"
  | "yieldCreateWithIdBase";

/** Gas and compute of every host cost. */
export const EXT_COSTS: Readonly<Record<ExtCostName, ExtCost>> = {
  base: { gas: 264_768_111, compute: 264_768_111 },
  contractLoadingBase: { gas: 35_445_963, compute: 35_445_963 },
  contractLoadingBytes: { gas: 1_089_295, compute: 1_089_295 },
  readMemoryBase: { gas: 2_609_863_200, compute: 2_609_863_200 },
  readMemoryByte: { gas: 3_801_333, compute: 3_801_333 },
  writeMemoryBase: { gas: 2_803_794_861, compute: 2_803_794_861 },
  writeMemoryByte: { gas: 2_723_772, compute: 2_723_772 },
  readRegisterBase: { gas: 2_517_165_186, compute: 2_517_165_186 },
  readRegisterByte: { gas: 98_562, compute: 98_562 },
  writeRegisterBase: { gas: 2_865_522_486, compute: 2_865_522_486 },
  writeRegisterByte: { gas: 3_801_564, compute: 3_801_564 },
  utf8DecodingBase: { gas: 3_111_779_061, compute: 3_111_779_061 },
  utf8DecodingByte: { gas: 291_580_479, compute: 291_580_479 },
  utf16DecodingBase: { gas: 3_543_313_050, compute: 3_543_313_050 },
  utf16DecodingByte: { gas: 163_577_493, compute: 163_577_493 },
  sha256Base: { gas: 4_540_970_250, compute: 4_540_970_250 },
  sha256Byte: { gas: 24_117_351, compute: 24_117_351 },
  keccak256Base: { gas: 5_879_491_275, compute: 5_879_491_275 },
  keccak256Byte: { gas: 21_471_105, compute: 21_471_105 },
  keccak512Base: { gas: 5_811_388_236, compute: 5_811_388_236 },
  keccak512Byte: { gas: 36_649_701, compute: 36_649_701 },
  ripemd160Base: { gas: 853_675_086, compute: 853_675_086 },
  ripemd160Block: { gas: 680_107_584, compute: 680_107_584 },
  ecrecoverBase: { gas: 278_821_988_457, compute: 278_821_988_457 },
  ed25519VerifyBase: { gas: 210_000_000_000, compute: 210_000_000_000 },
  ed25519VerifyByte: { gas: 9_000_000, compute: 9_000_000 },
  logBase: { gas: 3_543_313_050, compute: 3_543_313_050 },
  logByte: { gas: 13_198_791, compute: 13_198_791 },
  storageWriteBase: { gas: 64_196_736_000, compute: 200_000_000_000 },
  storageWriteKeyByte: { gas: 70_482_867, compute: 70_482_867 },
  storageWriteValueByte: { gas: 31_018_539, compute: 31_018_539 },
  storageWriteEvictedByte: { gas: 32_117_307, compute: 32_117_307 },
  storageReadBase: { gas: 56_356_845_749, compute: 159_000_000_000 },
  storageReadKeyByte: { gas: 30_952_533, compute: 10_000_000 },
  storageReadValueByte: { gas: 5_611_004, compute: 2_500_000 },
  storageLargeReadOverheadBase: { gas: 1, compute: 41_000_000_000 },
  storageLargeReadOverheadByte: { gas: 1, compute: 3_111_005 },
  storageRemoveBase: { gas: 53_473_030_500, compute: 200_000_000_000 },
  storageRemoveKeyByte: { gas: 38_220_384, compute: 38_220_384 },
  storageRemoveRetValueByte: { gas: 11_531_556, compute: 11_531_556 },
  storageHasKeyBase: { gas: 54_039_896_625, compute: 158_000_000_000 },
  storageHasKeyByte: { gas: 30_790_845, compute: 10_000_000 },
  storageIterCreatePrefixBase: { gas: 0, compute: 0 },
  storageIterCreatePrefixByte: { gas: 0, compute: 0 },
  storageIterCreateRangeBase: { gas: 0, compute: 0 },
  storageIterCreateFromByte: { gas: 0, compute: 0 },
  storageIterCreateToByte: { gas: 0, compute: 0 },
  storageIterNextBase: { gas: 0, compute: 0 },
  storageIterNextKeyByte: { gas: 0, compute: 0 },
  storageIterNextValueByte: { gas: 0, compute: 0 },
  touchingTrieNode: { gas: 2_280_000_000, compute: 4_000_000_000 },
  readCachedTrieNode: { gas: 2_280_000_000, compute: 4_000_000_000 },
  promiseAndBase: { gas: 1_465_013_400, compute: 1_465_013_400 },
  promiseAndPerPromise: { gas: 5_452_176, compute: 5_452_176 },
  promiseReturn: { gas: 560_152_386, compute: 560_152_386 },
  validatorStakeBase: { gas: 911_834_726_400, compute: 911_834_726_400 },
  validatorTotalStakeBase: { gas: 911_834_726_400, compute: 911_834_726_400 },
  altBn128G1MultiexpBase: { gas: 713_000_000_000, compute: 713_000_000_000 },
  altBn128G1MultiexpElement: { gas: 320_000_000_000, compute: 320_000_000_000 },
  altBn128PairingCheckBase: { gas: 9_686_000_000_000, compute: 9_686_000_000_000 },
  altBn128PairingCheckElement: { gas: 5_102_000_000_000, compute: 5_102_000_000_000 },
  altBn128G1SumBase: { gas: 3_000_000_000, compute: 3_000_000_000 },
  altBn128G1SumElement: { gas: 5_000_000_000, compute: 5_000_000_000 },
  yieldCreateBase: { gas: 153_411_779_276, compute: 153_411_779_276 },
  yieldCreateByte: { gas: 15_643_988, compute: 15_643_988 },
  yieldResumeBase: { gas: 1_195_627_285_210, compute: 1_195_627_285_210 },
  yieldResumeByte: { gas: 47_683_715, compute: 47_683_715 },
  bls12381P1SumBase: { gas: 16_500_000_000, compute: 16_500_000_000 },
  bls12381P1SumElement: { gas: 6_000_000_000, compute: 6_000_000_000 },
  bls12381P2SumBase: { gas: 18_600_000_000, compute: 18_600_000_000 },
  bls12381P2SumElement: { gas: 15_000_000_000, compute: 15_000_000_000 },
  bls12381G1MultiexpBase: { gas: 16_500_000_000, compute: 16_500_000_000 },
  bls12381G1MultiexpElement: { gas: 930_000_000_000, compute: 930_000_000_000 },
  bls12381G2MultiexpBase: { gas: 18_600_000_000, compute: 18_600_000_000 },
  bls12381G2MultiexpElement: { gas: 1_995_000_000_000, compute: 1_995_000_000_000 },
  bls12381MapFpToG1Base: { gas: 1_500_000_000, compute: 1_500_000_000 },
  bls12381MapFpToG1Element: { gas: 252_000_000_000, compute: 252_000_000_000 },
  bls12381MapFp2ToG2Base: { gas: 1_500_000_000, compute: 1_500_000_000 },
  bls12381MapFp2ToG2Element: { gas: 900_000_000_000, compute: 900_000_000_000 },
  bls12381PairingBase: { gas: 2_130_000_000_000, compute: 2_130_000_000_000 },
  bls12381PairingElement: { gas: 2_130_000_000_000, compute: 2_130_000_000_000 },
  bls12381P1DecompressBase: { gas: 15_000_000_000, compute: 15_000_000_000 },
  bls12381P1DecompressElement: { gas: 81_000_000_000, compute: 81_000_000_000 },
  bls12381P2DecompressBase: { gas: 15_000_000_000, compute: 15_000_000_000 },
  bls12381P2DecompressElement: { gas: 165_000_000_000, compute: 165_000_000_000 },
  p256VerifyBase: { gas: 1_300_000_000_000, compute: 1_300_000_000_000 },
  p256VerifyByte: { gas: 13_000_000, compute: 13_000_000 },
  yieldCreateWithIdBase: { gas: 290_000_000_000, compute: 290_000_000_000 },
};

/** Name of a host cost that contracts meet since protocol 87 or 88. */
export type LaterExtCostName =
  | "sha3_256Base"
  | "sha3_256Byte"
  | "sha3_384Base"
  | "sha3_384Byte"
  | "sha3_512Base"
  | "sha3_512Byte"
  | "mlDsaVerifyBase"
  | "mlDsaVerifyByte"
  | "universalStateInitToAccountIdBase"
  | "universalStateInitToAccountIdByte";

/** Gas and compute of the host costs that protocols 87 and 88 add (nearcore `parameters.yaml`, `88.yaml`); the others stay. */
export const LATER_EXT_COSTS: Readonly<Record<LaterExtCostName, ExtCost>> = {
  sha3_256Base: { gas: 5_879_491_275, compute: 5_879_491_275 },
  sha3_256Byte: { gas: 21_471_105, compute: 21_471_105 },
  sha3_384Base: { gas: 5_811_388_236, compute: 5_811_388_236 },
  sha3_384Byte: { gas: 36_649_701, compute: 36_649_701 },
  sha3_512Base: { gas: 5_811_388_236, compute: 5_811_388_236 },
  sha3_512Byte: { gas: 36_649_701, compute: 36_649_701 },
  mlDsaVerifyBase: { gas: 540_000_000_000, compute: 540_000_000_000 },
  mlDsaVerifyByte: { gas: 11_000_000, compute: 11_000_000 },
  universalStateInitToAccountIdBase: { gas: 8_900_000_000, compute: 8_900_000_000 },
  universalStateInitToAccountIdByte: { gas: 83_100_000, compute: 83_100_000 },
};
