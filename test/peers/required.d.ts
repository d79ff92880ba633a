/** A sentence for each part that is missing; empty when all is here. */
export declare function missingPeers(): string[];
/** One line for each program that is here: its name and the version that it says. */
export declare function peerVersions(): string[];
