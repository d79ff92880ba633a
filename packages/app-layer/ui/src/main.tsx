import { render } from 'preact';
import { dialFieldId } from './acts.ts';
import { App } from './components/App.tsx';
import { keepFocus } from './focus.ts';
import { followHistory } from './history.ts';
import { followLanguage } from './language.ts';
import { followQuality } from './quality-record.ts';
import { followAddress } from './section.ts';
import { followSettings } from './settings.ts';
import { connect, recallPair } from './store.ts';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/forms.css';
import './style/lines.css';
import './style/desk.css';
import './style/failures.css';
import './style/calls.css';
import './style/dialer.css';
import './style/shortcuts.css';
import './style/sign-in.css';
import './style/devices.css';
import './style/self-test.css';
import './style/quality.css';
import './style/history.css';
import './style/settings.css';
import './style/link.css';

const root = document.getElementById('panel');
if (!root) throw new Error('index.html has no element "panel"');
followSettings();
followAddress();
recallPair();
followLanguage();
render(<App />, root);
keepFocus(
  root,
  () => document.getElementById(dialFieldId) ?? root.querySelector<HTMLElement>('[aria-selected="true"]'),
);
followHistory();
followQuality();
connect();
