export interface Exit {
    code: number | null;
    signal: NodeJS.Signals | null;
}
export interface Peer {
    readonly pid: number;
    /** What it has printed so far (both streams, the last 5000 lines). */
    readonly output: string;
    /** Settles when the process has ended, whatever its exit status. */
    readonly exited: Promise<Exit>;
    /** The first line, printed already or yet to come, that matches. Rejects at the deadline (ms) or when the process ends. */
    waitForLine(pattern: RegExp, deadline?: number): Promise<RegExpMatchArray>;
    /** SIGTERM, then SIGKILL after `grace` ms. Safe to call twice. */
    stop(grace?: number): Promise<Exit>;
}
export interface PeerOptions {
    env?: Record<string, string>;
    cwd?: string;
}
/** Starts the program; rejects when it can't be started at all. */
export declare function startPeer(program: string, args: readonly string[], options?: PeerOptions): Promise<Peer>;
