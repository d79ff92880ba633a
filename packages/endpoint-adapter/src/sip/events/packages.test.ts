/** What all packages have in common. */
import { expect, it } from 'vitest';
import { eventPackages } from '../testing/event-packages.ts';
import { messageWith } from '../testing/message-with.ts';

it.each(eventPackages)(
  '$event says nothing with a body of another kind, and without one there is no fault',
  (events) => {
    if (events.accept.length > 0) expect(events.read('image/png', 'x', messageWith())).toBeNull();
    expect(events.read('', '', messageWith())).not.toBeNull();
  },
);
