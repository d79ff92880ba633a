/** Somebody who uses the panel with the mouse, or somebody who has a keyboard alone. */
import type { Locator, Page } from 'playwright-core';

export interface Person {
  press(control: Locator): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
}

export type Way = 'mouse' | 'keyboard';
export const ways: Way[] = ['mouse', 'keyboard'];

/** There are fewer controls on the page. */
const mostTabs = 150;

export const personWith = (way: Way, page: Page): Person => (way === 'mouse' ? withMouse(page) : withKeyboard(page));

const withMouse = (page: Page): Person => ({
  press: (control) => control.click(),
  async type(field, text) {
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  },
});

function withKeyboard(page: Page): Person {
  /** Tab by Tab, until the control has the focus. */
  const reach = async (control: Locator): Promise<void> => {
    await control.waitFor();
    const here = control.and(page.locator(':focus'));
    for (let tabs = 0; (await here.count()) === 0; tabs++) {
      if (tabs === mostTabs) throw new Error(`The keyboard does not lead to ${control}.`);
      await page.keyboard.press('Tab');
    }
  };
  return {
    async press(control) {
      await reach(control);
      await page.keyboard.press('Enter');
    },
    async type(field, text) {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
  };
}

export type Press = (control: Locator) => Promise<void>;

/** The same without the way to the control: that Tab leads everywhere is seen with a real phone, in in-use.test.ts. */
export const presses: [Way, Press][] = [
  ['mouse', (control) => control.click()],
  [
    'keyboard',
    async (control) => {
      const page = control.page();
      // As a click does, this waits for what can't be pressed yet.
      await control.and(page.locator(':not(:disabled)')).focus();
      await page.keyboard.press('Enter');
    },
  ],
];
