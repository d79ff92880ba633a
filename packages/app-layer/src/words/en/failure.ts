/** What stands around failures; their own sentences are in the failure catalogue. */
export const failure = {
  unknownFact: 'unknown',
} as const;
