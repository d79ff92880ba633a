import { render } from 'preact';
import { App } from './components/App.tsx';
import { connect } from './store.ts';
import './style.css';

const root = document.getElementById('panel');
if (!root) throw new Error('index.html has no element "panel"');
render(<App />, root);
connect();
