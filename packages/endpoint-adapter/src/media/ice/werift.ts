/** werift, for its TURN client and its DTLS: large and slow to load, so only where one of the two is needed. */
export type Werift = typeof import('werift');

export const loadWerift = (): Promise<Werift> => import('werift');
