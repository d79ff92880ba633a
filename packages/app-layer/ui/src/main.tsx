import { render } from 'preact';
import { App } from './components/App.tsx';
import { connect } from './store.ts';
import './style/base.css';
import './style/controls.css';
import './style/forms.css';
import './style/lines.css';
import './style/desk.css';
import './style/failures.css';
import './style/calls.css';
import './style/dialer.css';
import './style/sound.css';

const root = document.getElementById('panel');
if (!root) throw new Error('index.html has no element "panel"');
render(<App />, root);
connect();
