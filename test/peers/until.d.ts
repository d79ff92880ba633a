/** Rejects with the sentence `what` when the condition doesn't hold by the deadline (ms). */
export declare function until(what: string, holds: () => boolean | Promise<boolean>, deadline?: number, every?: number): Promise<void>;
