import { type Sipp, type SippOptions } from '../../peers/sipp.ts';
export declare const scenarios: {
    readonly 'busy-486': {
        readonly caller: 'phone';
    };
    readonly 'bye-before-ack': {
        readonly caller: 'sipp';
    };
    readonly cancel: {
        readonly caller: 'phone';
    };
    readonly 'cancel-race': {
        readonly caller: 'phone';
    };
    readonly 'delayed-offer-invite': {
        readonly caller: 'sipp';
    };
    readonly 'decline-603': {
        readonly caller: 'phone';
    };
    readonly 'early-media': {
        readonly caller: 'phone';
    };
    readonly 'forked-180': {
        readonly caller: 'phone';
    };
    readonly 'glare-491': {
        readonly caller: 'phone';
    };
    readonly 'hold-by-remote': {
        readonly caller: 'sipp';
    };
    readonly 'in-dialog-481-bye': {
        readonly caller: 'phone';
    };
    readonly 'in-dialog-481-reinvite': {
        readonly caller: 'phone';
    };
    readonly 'incoming-cancel': {
        readonly caller: 'sipp';
    };
    readonly 'late-and-repeated-200': {
        readonly caller: 'phone';
        readonly retransmissions: false;
    };
    readonly 'not-found-404': {
        readonly caller: 'phone';
    };
    readonly 'redirect-302': {
        readonly caller: 'phone';
    };
    readonly 'reinvite-without-sdp': {
        readonly caller: 'sipp';
    };
    readonly reject: {
        readonly caller: 'sipp';
    };
    readonly 'silence-408': {
        readonly caller: 'phone';
        readonly retransmissions: false;
    };
    readonly 'uas-2xx-retransmission': {
        readonly caller: 'sipp';
        readonly retransmissions: false;
    };
    readonly 'unknown-dialog': {
        readonly caller: 'sipp';
    };
};
export type ScenarioName = keyof typeof scenarios;
/** Where the phone is that SIPp calls, and which user; a scenario in which the phone calls needs neither. */
export interface Called {
    remote: string;
    service: string;
}
/** Starts SIPp with the scenario; where the phone calls, its `host:port` is what the phone's line has as server. */
export declare function startScenario(name: ScenarioName, called?: Called, options?: Omit<SippOptions, 'scenario' | 'remote' | 'service'>): Promise<Sipp>;
