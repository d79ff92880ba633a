/** What an agent chooses for this browser. */
export const settings = {
  heading: 'Settings',
  language: 'Language',
  languageOfBrowser: 'As the browser says',
  languageOfDesktop: 'Your agent desktop has chosen the language.',
  theme: 'Appearance',
  themes: {
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  },
  shortcuts: 'Keyboard shortcuts',
  kept: 'Kept in this browser.',
} as const;
