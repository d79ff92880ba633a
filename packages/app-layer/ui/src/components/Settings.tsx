import type { Desk } from '../../../src/panel/api.ts';
import { languages } from '../../../src/words/languages.ts';
import { say } from '../../../src/words/say.ts';
import { useSource } from '../hooks.ts';
import { changeSettings, settings, themes } from '../settings.ts';

/** What the agent chooses for this browser: language, appearance, shortcuts. */
export function Settings({ desk }: { desk: Desk }) {
  const { language, theme, shortcuts } = useSource(settings);
  const isDesktops = desk.language !== '';
  return (
    <section class="card settings" aria-labelledby="settings-title">
      <h2 class="view-title" id="settings-title">
        {say('settings.heading')}
      </h2>
      <div class="entry">
        <label for="settings-language">{say('settings.language')}</label>
        <select
          id="settings-language"
          value={language}
          disabled={isDesktops}
          aria-describedby={isDesktops ? 'settings-language-why' : undefined}
          onChange={(event) => changeSettings({ language: event.currentTarget.value })}
        >
          <option value="">{say('settings.languageOfBrowser')}</option>
          {languages.map(({ tag, name }) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
        {isDesktops && (
          <p class="detail" id="settings-language-why">
            {say('settings.languageOfDesktop')}
          </p>
        )}
      </div>
      <fieldset class="themes">
        <legend>{say('settings.theme')}</legend>
        {themes.map((it) => (
          <label key={it} class="choice">
            <input
              type="radio"
              name="theme"
              value={it}
              checked={theme === it}
              onChange={() => changeSettings({ theme: it })}
            />
            {say(`settings.themes.${it}`)}
          </label>
        ))}
      </fieldset>
      <div class="setting">
        <span id="settings-shortcuts">{say('settings.shortcuts')}</span>
        <button
          type="button"
          class="switch calm"
          role="switch"
          aria-checked={shortcuts}
          aria-labelledby="settings-shortcuts"
          onClick={() => changeSettings({ shortcuts: !shortcuts })}
        />
      </div>
      <p class="detail">{say('settings.kept')}</p>
    </section>
  );
}
