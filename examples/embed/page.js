/** A page with a phone: shows the line and its calls, and has a button for what can be done with each. */
const phone = Thinline.connect();

/** Why there are no events, where Thinline says it. */
let trouble = '';

const element = (id) => document.getElementById(id);

/** What fails is said in a sentence. */
async function attempt(work) {
  element('failure').textContent = '';
  try {
    await work();
  } catch (error) {
    element('failure').textContent = error.message;
  }
}

function button(words, work) {
  const it = document.createElement('button');
  it.textContent = words;
  it.addEventListener('click', () => attempt(work));
  return it;
}

function buttonsOf({ id, state, muted }) {
  if (state === 'ALERTING') return [button('Answer', () => phone.answer(id)), button('Reject', () => phone.reject(id))];
  const end = button('Hang up', () => phone.hangUp(id));
  if (state === 'HELD') return [button('Resume', () => phone.resume(id)), end];
  if (state !== 'TALKING') return [end];
  return [button('Hold', () => phone.hold(id)), button(muted ? 'Unmute' : 'Mute', () => phone.mute(id, !muted)), end];
}

function show() {
  const [line] = phone.lines.values();
  element('line').textContent = phone.connected
    ? `${line?.address ?? 'No line'}: ${line?.state ?? ''}`
    : trouble || 'Thinline does not answer.';
  const items = [...phone.calls.values()].map((call) => {
    const item = document.createElement('li');
    item.append(`${call.remote?.displayName || call.remote?.number || 'Unknown'}: ${call.state} `, ...buttonsOf(call));
    return item;
  });
  element('calls').replaceChildren(...items);
}

phone.on('change', show);
phone.on('error', ({ failure, message }) => {
  trouble = failure ? message : '';
});
element('dial').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(() => phone.dial(new FormData(event.target).get('target')));
});
