// What this browser says of the way to the connector, and what an administrator may set.

const element = (id) => document.getElementById(id);

function show(lines) {
  element('results').replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
}

/** Chrome calls it loopback-network from 145 on, and local-network-access before. */
async function permission() {
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      return { name, state: (await navigator.permissions.query({ name })).state };
    } catch {
      // A browser that does not know the name.
    }
  }
  return null;
}

const verdicts = {
  pass: 'was let in',
  foreign: 'was refused: it hides where it comes from',
  origin: 'was refused: its origin is not allowed, or another one has the phone',
  secret: "was refused: it has not shown the connector's secret",
};

function showVisits(visits) {
  const pages = visits.filter(({ origin }) => origin !== '');
  element('nobody').hidden = pages.length > 0;
  element('visits').hidden = pages.length === 0;
  const row = ({ origin, preflights, requests, verdict }) => {
    const line = document.createElement('tr');
    for (const text of [origin, preflights, requests, verdicts[verdict] ?? verdict]) {
      line.insertCell().textContent = String(text);
    }
    return line;
  };
  element('visits').tBodies[0].replaceChildren(...pages.reverse().map(row));
}

async function test() {
  const lines = [
    isSecureContext
      ? 'This page is a secure context, as an agent desktop has to be.'
      : 'This page is no secure context: the browser counts its address as unsafe.',
  ];
  const found = await permission();
  lines.push(
    found
      ? `This browser has Local Network Access (${found.name}); for this page, which needs none, it says “${found.state}”.`
      : 'This browser knows no permission for Local Network Access: it asks nobody.',
  );
  try {
    const began = performance.now();
    const response = await fetch('/self-test/answer', { cache: 'no-store' });
    const answer = await response.json();
    const ms = Math.round(performance.now() - began);
    lines.unshift(`The connector of Thinline ${answer.version} answers, after ${ms} ms.`);
    if (answer.listed) lines.push('Only the origins in policy.connector.origins are let in.');
    lines.push(answer.bound ? 'An agent desktop has a session.' : 'No agent desktop has a session.');
    showVisits(answer.visits);
  } catch (error) {
    lines.unshift(`The connector does not answer: ${error.message}.`);
  }
  show(lines);
}

function showPolicies() {
  let origin = element('origin').value.trim();
  try {
    origin = new URL(origin).origin;
  } catch {
    // Half typed.
  }
  element('insecure').hidden = !origin.startsWith('http:');
  const names = ['LocalNetworkAccessAllowedForUrls', 'LoopbackNetworkAllowedForUrls'];
  element('policies').textContent = names.map((name) => JSON.stringify({ [name]: [origin] })).join('\n');
  element('registry').textContent = ['Google\\Chrome', 'Microsoft\\Edge']
    .map((browser) => `HKEY_LOCAL_MACHINE\\Software\\Policies\\${browser}\\${names[0]}\n  1 = ${origin} (REG_SZ)`)
    .join('\n');
}

element('origin').addEventListener('input', showPolicies);
showPolicies();
await test();
