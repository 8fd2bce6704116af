/**
 * ML-DSA-65 keys of NEAR (FIPS 204): post-quantum signatures, on @noble/post-quantum.
 * @module
 */
export {};
