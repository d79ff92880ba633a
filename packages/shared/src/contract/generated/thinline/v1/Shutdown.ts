// Original file: proto/thinline/v1/session.proto


/**
 * Ends every call, removes every registration and ends the adapter's process.
 */
export interface ShutdownInput {
}

/**
 * Ends every call, removes every registration and ends the adapter's process.
 */
export interface Shutdown {
}
