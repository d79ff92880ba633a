/** A line with nothing but what is given: over UDP, without registration. */
import { blankLineConfiguration } from '@thinline/shared/contract/blank.ts';
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';

export const makeLine = (given: Partial<LineConfiguration> & { server: string }): LineConfiguration =>
  blankLineConfiguration({ id: 'line0', transport: 'udp', ...given });
