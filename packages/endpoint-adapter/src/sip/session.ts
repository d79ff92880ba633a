export type * from './session/session.ts';
