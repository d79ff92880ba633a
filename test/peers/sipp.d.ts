export interface SippOptions {
    /** The scenario file. */
    scenario: string;
    /** host:port to send to. Without it SIPp waits for the phone's call. */
    remote?: string;
    /** The user part of the Request-URI (`[service]`). */
    service?: string;
    /** A free one when not said. */
    localPort?: number;
    transport?: 'udp' | 'tcp';
    /** For `[name]` in the scenario. */
    keys?: Record<string, string>;
    /** CSV file for `[field0]` and so on. */
    injection?: string;
    /** Of Digest authentication. */
    credentials?: {
        user: string;
        password: string;
    };
    /** How many calls it makes or takes before it ends. */
    calls?: number;
    /** Seconds, after which it gives up and fails. */
    timeout?: number;
    /** false: it doesn't send again, and sees what the phone sends again as messages of their own. */
    retransmissions?: boolean;
}
export interface SippResult {
    passed: boolean;
    exitCode: number | null;
    /** Why it failed, and the messages that were sent and received (bounded); for an assertion's message. */
    report: string;
}
export interface Sipp {
    readonly host: string;
    readonly port: number;
    /** Settles when SIPp has ended, passed or not. */
    readonly ended: Promise<SippResult>;
    /** Settles when SIPp has ended; rejects with the report when its scenario failed. */
    passed(): Promise<void>;
    stop(): Promise<void>;
}
export declare function startSipp(options: SippOptions): Promise<Sipp>;
