import { type Peer, type PeerOptions } from './process.ts';
/** Why there can be no bad link on this machine, as a sentence; null when there can. */
export declare function namespacesMissing(): string | null;
/** Of each direction. */
export interface LinkQuality {
    /** One way, ms. */
    delay: number;
    /** More delay, uniform from 0, ms. */
    jitter: number;
    /** Percent. */
    loss: number;
    /** Mean length of a loss, in packets. */
    burst: number;
}
export interface BadLink {
    readonly a: string;
    readonly b: string;
    /** Starts a program on one of the hosts. */
    start(host: 'a' | 'b', program: string, args: readonly string[], options?: PeerOptions): Promise<Peer>;
    /** Runs a program on one of the hosts to its end; rejects when it fails. */
    exec(host: 'a' | 'b', argv: readonly string[]): Promise<string>;
    /** Changes the link from now on. */
    change(quality: Partial<LinkQuality>): Promise<void>;
    /** Pulls the cable, and plugs it in again. */
    down(): Promise<void>;
    up(): Promise<void>;
    /** Resolves with the line that says how many packets were carried and lost. */
    stop(): Promise<string>;
}
/** Rejects with the sentence of namespacesMissing where it can't be done. */
export declare function startBadLink(options?: Partial<LinkQuality> & {
    seed?: number;
    keepOrder?: boolean;
    udpOnly?: boolean;
}): Promise<BadLink>;
