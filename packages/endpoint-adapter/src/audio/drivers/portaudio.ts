import type { DriverRecord } from '../drivers.ts';
import { virtual } from './virtual.ts';

export const portaudio: DriverRecord = {
  name: 'portaudio',
  make: () => ({ ...virtual.make(''), name: 'portaudio', unavailable: () => 'not written yet', close: () => {} }),
};
