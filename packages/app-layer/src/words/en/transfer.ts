/** Transfers, and the consultation before one. */
export const transfer = {
  heading: 'Transfer {caller}',
  field: 'Transfer to number or address',
  now: 'Transfer',
  nowHint: 'Sends the call there at once.',
  consult: 'Consult first',
  consultHint: 'Talk there first; {caller} waits on hold.',
  connectWith: 'Connect with {caller}',
  running: 'Transferring to {target}',
  ringing: 'Transferring to {target}, it rings there',
  done: 'Transferred to {target}',
  consultation: 'Consultation',
  consultationWith: 'Consultation with {other} for {caller}',
  complete: 'Complete the transfer',
  completeHint: 'Connects {caller} with {other}; you leave.',
  join: 'Join in conference',
  back: 'Back to {caller}',
} as const;
