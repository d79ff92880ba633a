/** The frame of the panel: navigation, the link to the phone, and what stands everywhere. */
export const app = {
  name: 'Thinline',
  sections: {
    calls: 'Calls',
    devices: 'Devices',
    history: 'History',
    status: 'Status',
    settings: 'Settings',
  },
  navigation: 'Sections',
  disconnected: 'Disconnected',
  useHere: 'Use the phone here',
  dismiss: 'Dismiss: {message}',
  close: 'Close',
  unknown: 'Unknown',
  link: {
    connecting: 'Looking for the phone',
    inDesktop: 'Sound inside the virtual desktop',
    upHere: 'Sound on this machine',
    upAtSeat: 'Sound where you sit',
    upOn: 'Sound on {placement}',
    lost: 'Phone unreachable',
    refused: 'The phone refused the connection',
    elsewhere: 'You are still on a call with {callers} at {host}.',
  },
  beside: {
    led: 'Your agent desktop controls the calls: {client}',
    ledBySomebody: 'Your agent desktop controls the calls.',
  },
  title: {
    alerting: '☎ {caller} rings',
    talking: '{caller} – talking',
    calling: '{caller} – calling',
    held: '{caller} – on hold',
  },
} as const;
