/** Drawn on a grid of 24; decoration only, the words stand beside it. */
const shapes = {
  call: 'M6.6 3.500h2.900l1.5 4-2 1.500a12 12 0 0 0 6 6l1.5-2 4 1.500v2.900a2 2 0 0 1-2.2 2A17 17 0 0 1 4.6 5.700a2 2 0 0 1 2-2.200z',
  hangUp: 'M3 14.500v-2c5-4.6 13-4.6 18 0v2l-1.5 1.5-4-1.500v-2.600a13 13 0 0 0-7 0v2.600l-4 1.500z',
  hold: 'M9 5.500v13M15 5.500v13',
  resume: 'M8 5.500l10 6.5-10 6.500z',
  mute: 'M12 4a2.5 2.5 0 0 1 2.5 2.500v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.500a5.5 5.5 0 0 0 11 0M12 17v3M4.5 4l15 16',
  unmute:
    'M12 4a2.5 2.5 0 0 1 2.5 2.500v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.500a5.5 5.5 0 0 0 11 0M12 17v3',
  keypad: 'M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01',
  transfer: 'M4 8.500h13M13.500 5l3.500 3.500-3.500 3.500M20 15.500H7M10.500 12l-3.500 3.500 3.500 3.500',
  join: 'M7 6v4a5 5 0 0 0 5 5v4M17 6v4a5 5 0 0 1-5 5M9.5 16.500l2.5 2.500 2.500-2.500',
  mail: 'M4 6.500h16v11H4zM4 7l8 6 8-6',
  erase: 'M8.5 6h11.500v12H8.500L3.5 12zM11.5 9.800l4.5 4.500M16 9.800l-4.5 4.5',
  close: 'M6.5 6.500l11 11M17.5 6.500l-11 11',
} as const;

export type IconName = keyof typeof shapes;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={shapes[name]} />
  </svg>
);
