import { failure as failureOf } from '@thinline/shared/failures.ts';
import type { Failure, PhoneState } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { command } from '../store.ts';
import { elsewhereText, linkText, linkTone } from '../view.ts';
import { FailureCard } from './FailureCard.tsx';

interface PillProps {
  state: PhoneState | null;
  /** Why the panel hears nothing of Thinline. */
  lost: Failure | null;
}

/** The link in two words. Nothing before anything is known. */
export function LinkPill({ state, lost }: PillProps) {
  if (lost) return <p class="pill bad">{say('app.disconnected')}</p>;
  return state && <p class={`pill ${linkTone(state.link)}`}>{linkText(state.link)}</p>;
}

const takenOver = failureOf('takenOver').code;

/** What stands in the way, what to know of a phone that can be used, and calls that the agent left at another place. */
export function LinkNotices({ state, lost }: PillProps) {
  if (lost) return <FailureCard failure={lost} urgent />;
  if (!state) return null;
  const { link, elsewhere, phone } = state;
  return (
    <>
      {link.failure && <FailureCard failure={link.failure} urgent />}
      {link.failure?.code === takenOver && (
        <button type="button" class="primary" onClick={() => void command({ register: {} })}>
          {say('app.useHere')}
        </button>
      )}
      {link.notices.map((it) => (
        <FailureCard key={it.code} failure={it} />
      ))}
      {elsewhere.map(({ sinceMs, host, calls }) => (
        <p key={sinceMs} class="card detail">
          {elsewhereText(host, calls)}
        </p>
      ))}
      {phone?.notices.map(({ subject, failure }) => failure && <FailureCard key={subject} failure={failure} />)}
    </>
  );
}

interface Props extends PillProps {
  /** They are shown elsewhere on the page. */
  withoutNotices?: boolean;
}

function Facts({ state }: { state: PhoneState }) {
  const { link, phone } = state;
  const adapter = phone?.endpoint;
  const { channel, reason } = link;
  const unknown = say('link.notKnown');
  const way = reason === '' ? channel : reason;
  const facts: [string, string][] = [
    [say('link.where'), link.placement || unknown],
    [say('link.way'), way || unknown],
    [
      say('link.adapter'),
      adapter
        ? say('link.adapterOn', { version: adapter.productVersion, host: adapter.host, platform: adapter.platform })
        : unknown,
    ],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the link to the phone stands, and which placement is in use. */
export const LinkState = ({ state, lost, withoutNotices = false }: Props) => (
  <section class="card link" aria-labelledby="link-title">
    <div class="link-head">
      <h2 class="view-title" id="link-title">
        {say('link.heading')}
      </h2>
      <LinkPill state={state} lost={lost} />
    </div>
    {state && !lost && <Facts state={state} />}
    {!withoutNotices && <LinkNotices state={state} lost={lost} />}
  </section>
);
