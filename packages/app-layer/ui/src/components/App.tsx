import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Line, PhoneState } from '../../../src/panel/api.ts';
import { language, say } from '../../../src/words/say.ts';
import { dial, obey } from '../acts.ts';
import { isEngaged } from '../arrange.ts';
import { useNow, useSource } from '../hooks.ts';
import { shown } from '../linger.ts';
import { type Offer, offerOf, type Section, sectionAmong } from '../offer.ts';
import { showSection, wantedSection } from '../section.ts';
import { settings } from '../settings.ts';
import { shortcutFor } from '../shortcuts.ts';
import { dismissError, panel } from '../store.ts';
import { AgentDesk } from './AgentDesk.tsx';
import { Announcer } from './Announcer.tsx';
import { CallList } from './CallList.tsx';
import { Devices } from './Devices.tsx';
import { Dialer } from './Dialer.tsx';
import { FailureCard } from './FailureCard.tsx';
import { History } from './History.tsx';
import { Icon } from './Icon.tsx';
import { LineFeatures } from './LineFeatures.tsx';
import { LineBriefs, LineNews, Lines } from './Lines.tsx';
import { LinkNotices, LinkPill, LinkState } from './LinkState.tsx';
import { QualityPicture } from './QualityPicture.tsx';
import { Recent } from './Recent.tsx';
import { SelfTest } from './SelfTest.tsx';
import { Settings } from './Settings.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { SignIn } from './SignIn.tsx';
import { Tabs } from './Tabs.tsx';

const noLines: Line[] = [];
const fields = 'input, select, textarea, [contenteditable]';

/** Obeys the keys of the panel; answers whether they are shown just now, and how to change that. */
function useShortcuts(offer: Offer): [boolean, (shown: boolean) => void] {
  const [help, setHelp] = useState(false);
  const offered = useRef(offer);
  offered.current = offer;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!settings.get().shortcuts) return;
      const typing = event.target instanceof Element && event.target.closest(fields) !== null;
      const shortcut = shortcutFor(event, typing);
      if (shortcut === null) return;
      event.preventDefault();
      if (shortcut === 'help') setHelp(true);
      else obey(shortcut, offered.current);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return [help, setHelp];
}

export function App() {
  const now = useNow();
  useSource(language);
  const { phone: state, desk, seen, lost, errors } = useSource(panel);
  const offer = offerOf(desk);
  const section = sectionAmong(useSource(wantedSection), offer.sections);
  const [help, setHelp] = useShortcuts(offer);
  useLayoutEffect(() => showSection(section), [section]);
  const calls = shown(seen, now);
  const phone = state?.phone;
  const lines = phone?.lines ?? noLines;
  const down = lost !== null || state?.link.state !== 'up';

  return (
    <div class="panel">
      <header>
        <h1 class="unseen">{say('app.name')}</h1>
        <LineBriefs lines={lines} now={now} />
        <LinkPill state={state} lost={lost} />
        <button
          type="button"
          class="plain help"
          aria-label={say('shortcuts.show')}
          title={say('shortcuts.show')}
          aria-haspopup="dialog"
          onClick={() => setHelp(true)}
        >
          <Icon name="help" />
        </button>
      </header>
      <Tabs sections={offer.sections} shown={section} alerting={calls.some((it) => it.state === 'ALERTING')} />
      <Announcer calls={calls} lines={lines} />
      <main>
        <div class={down ? 'phone stale' : 'phone'}>
          {errors.map(({ key, failure }) => (
            <FailureCard key={key} failure={failure} urgent onDismiss={() => dismissError(key)} />
          ))}
          <LinkNotices state={state} lost={lost} />
          {desk?.desktop && <Beside client={desk.desktop.client} />}
          {desk && offer.agent && desk.signIn.by === 'nobody' && (
            <SignIn desk={desk} lines={lines} now={now} disabled={down} />
          )}
          <CallList calls={calls} qualities={phone?.qualities ?? []} offer={offer} now={now} disabled={down} />
          <LineNews lines={lines} now={now} disabled={down} offered={offer.agent} />
          {lines.map(
            (line) =>
              line.agent && (
                <AgentDesk key={line.id} line={line} agent={line.agent} disabled={down} shownOnly={!offer.agent} />
              ),
          )}
          {offer.calls && (
            <Dialer disabled={down} inCall={isEngaged(calls) || calls.some((it) => it.state === 'HELD')} />
          )}
        </div>
        <div
          id="section"
          class={down ? 'section stale' : 'section'}
          role="tabpanel"
          aria-labelledby={`tab-${section}`}
          tabIndex={-1}
        >
          <SectionView section={section} state={state} now={now} down={down} offer={offer} />
        </div>
      </main>
      {help && <Shortcuts onClose={() => setHelp(false)} />}
    </div>
  );
}

const Beside = ({ client }: { client: string }) => (
  <p class="card detail beside">
    <Icon name="status" />
    <span>{client === '' ? say('app.beside.ledBySomebody') : say('app.beside.led', { client })}</span>
  </p>
);

interface SectionProps {
  section: Section;
  state: PhoneState | null;
  now: number;
  down: boolean;
  offer: Offer;
}

function SectionView({ section, state, now, down, offer }: SectionProps) {
  const { desk, lost } = useSource(panel);
  const phone = state?.phone;
  const lines = phone?.lines ?? noLines;
  switch (section) {
    case 'calls':
      return (
        <>
          <Recent disabled={down} />
          {offer.agent && lines.map((line) => <LineFeatures key={line.id} line={line} disabled={down} />)}
        </>
      );
    case 'devices':
      return (
        <>
          {phone?.audio && <Devices audio={phone.audio} disabled={down} inCall={phone.calls.length > 0} />}
          <SelfTest />
        </>
      );
    case 'history':
      return <History disabled={down} onDial={(number) => void dial(number)} />;
    case 'status':
      return (
        <>
          <LinkState state={state} lost={lost} withoutNotices />
          <Lines lines={lines} now={now} disabled={down || !offer.agent} />
          <QualityPicture />
        </>
      );
    case 'settings':
      return (
        <>
          {desk && offer.agent && desk.signIn.by === 'panel' && (
            <SignIn desk={desk} lines={lines} now={now} disabled={down} />
          )}
          {desk && <Settings desk={desk} />}
        </>
      );
  }
}
