/** The agent of a line: logged in or not, and whether calls may come. */
export const agent = {
  heading: 'Agent on {line}',
  who: 'Agent {agent} on {line}',
  states: {
    UNKNOWN: 'State unknown',
    LOGGED_OUT: 'Logged out',
    READY: 'Ready',
    NOT_READY: 'Not ready',
    AFTER_CALL_WORK: 'After-call work',
  },
  reason: 'reason {reason}',
  pending: 'not confirmed yet',
  logIn: 'Log in',
  logOut: 'Log out',
  id: 'Agent id',
  password: 'Password',
  stateForm: 'Agent state',
  reasonField: 'Reason code, if not ready',
} as const;
