export type SignatureVerdicts = ReadonlyMap<string, boolean>;
