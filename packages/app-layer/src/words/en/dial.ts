/** Making a call: the field, the dial pad and recent numbers. */
export const dial = {
  heading: 'Make a call',
  fromLink: '{target} is in the number field. Press Call to call it.',
  thenExtension: 'After the answer: {extension}',
  field: 'Number or address',
  call: 'Call',
  pad: 'Dial pad',
  deleteLast: 'Delete the last character',
  star: 'star',
  pound: 'pound',
  recent: 'Recent numbers',
  callNumber: 'Call {caller}',
} as const;
