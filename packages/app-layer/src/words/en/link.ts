/** The link to the phone, in full. */
export const link = {
  heading: 'Phone',
  where: 'Where the sound is',
  way: 'Way to the phone',
  adapter: 'Endpoint adapter',
  adapterOn: 'version {version} on {host} ({platform})',
  notKnown: 'not known yet',
} as const;
