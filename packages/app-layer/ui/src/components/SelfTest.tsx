import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { CallQuality } from '../../../src/panel/api.ts';
import { failureInWords } from '../../../src/words/failures.ts';
import { numberText, percentText } from '../../../src/words/numbers.ts';
import { say } from '../../../src/words/say.ts';
import { userPart } from '../../../src/words.ts';
import { useNow, useSource } from '../hooks.ts';
import { type Finding, isRunning, progress, refusal, steps, type SelfTest as Test } from '../self-test.ts';
import { answerSelfTest, cancelSelfTest, selfTest, startSelfTest, worldOf } from '../self-test-run.ts';
import { levels, panel } from '../store.ts';
import { levelShare, levelText } from '../view.ts';
import { Icon } from './Icon.tsx';

function measuredText(it: CallQuality): string {
  const { packetsReceived, jitterMs, roundTripMs, rating } = it;
  const lost = Math.max(0, it.packetsLost);
  const due = packetsReceived + lost;
  const mos = rating ? (rating.mosConversational ?? rating.mosListening) : null;
  return [
    due > 0 && say('selfTest.measured.loss', { percent: percentText((100 * lost) / due, 1) }),
    jitterMs !== undefined && say('selfTest.measured.jitter', { ms: Math.round(jitterMs) }),
    roundTripMs !== undefined && say('selfTest.measured.roundTrip', { ms: Math.round(roundTripMs) }),
    mos !== null && say('selfTest.measured.mos', { score: numberText(mos, 1) }),
  ]
    .filter((text) => text !== false)
    .join(' · ');
}

function findingText({ name, line, failure }: Finding): string {
  if (name === 'refused') return failure ? failureInWords(failure).message : '';
  if (name === 'networkUnregistered') return say('selfTest.findings.networkUnregistered', { line: userPart(line) });
  return say(`selfTest.findings.${name}`);
}

/** What to do about it; empty: nothing. */
function remedyText({ name, failure, verdict }: Finding): string {
  if (failure) return failureInWords(failure).remedy;
  switch (name) {
    case 'microphoneHeard':
    case 'loudspeakerHeard':
    case 'echoGood':
    case 'networkInOrder':
    case 'refused':
      return '';
    default:
      return verdict === 'passed' ? '' : say(`selfTest.remedies.${name}`);
  }
}

const FindingItem = ({ finding }: { finding: Finding }) => {
  const remedy = remedyText(finding);
  return (
    <li class={`finding ${finding.verdict}`}>
      <Icon name={finding.verdict} />
      <div>
        <p class="finding-head">
          <span>{say(`selfTest.steps.${finding.step}`)}</span>
          <span class="verdict">{say(`selfTest.verdicts.${finding.verdict}`)}</span>
        </p>
        <p>{findingText(finding)}</p>
        {finding.measured && <p class="detail">{measuredText(finding.measured)}</p>}
        {remedy && <p class="detail">{remedy}</p>}
      </div>
    </li>
  );
};

/** Apart from the rest, because levels come several times a second. */
function LiveLevel() {
  const dbfs = useSource(levels)?.microphoneDbfs ?? Number.NEGATIVE_INFINITY;
  return (
    <meter
      min={0}
      max={1}
      value={levelShare(dbfs)}
      aria-label={say('devices.microphoneLevel')}
      aria-valuetext={levelText(dbfs)}
    />
  );
}

function Running({ test, echoTarget }: { test: Test; echoTarget: string }) {
  useNow();
  const yes = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const asks = test.at === 'loudspeaker';
  // The keyboard stays with the test: at the question while there is one, else at what ends it.
  useLayoutEffect(() => (asks ? yes : cancel).current?.focus(), [asks]);
  if (test.at === 'idle' || test.at === 'over') return null;
  const number = steps.indexOf(test.at) + 1;
  const name = say(`selfTest.steps.${test.at}`);
  return (
    <div class="running">
      <progress max={1} value={progress(test, Date.now())} aria-label={say('selfTest.progress')} />
      <div role="status">
        <p class="detail">{say('selfTest.step', { step: number, steps: steps.length, name })}</p>
        <p class="doing">
          {test.at === 'echo' ? say('selfTest.doing.echo', { target: echoTarget }) : say(`selfTest.doing.${test.at}`)}
        </p>
      </div>
      {test.at === 'microphone' && <LiveLevel />}
      {asks && (
        <div class="answers">
          <button type="button" class="primary" ref={yes} onClick={() => answerSelfTest(true)}>
            {say('selfTest.yes')}
          </button>
          <button type="button" class="quiet" onClick={() => answerSelfTest(false)}>
            {say('selfTest.no')}
          </button>
        </div>
      )}
      <button type="button" class="quiet" ref={cancel} onClick={cancelSelfTest}>
        {say('selfTest.cancel')}
      </button>
    </div>
  );
}

function outcomeText({ how, findings }: Test): string {
  if (how !== 'done') return say(`selfTest.${how}`);
  const count = findings.filter(({ verdict }) => verdict === 'failed' || verdict === 'unsure').length;
  return count === 0 ? say('selfTest.done') : say('selfTest.doneWith', { count });
}

/** Tries everything out that a call needs, before there is one. */
export function SelfTest() {
  const test = useSource(selfTest);
  const world = worldOf(useSource(panel));
  const start = useRef<HTMLButtonElement>(null);
  const ran = useRef(false);
  const runs = isRunning(test);
  const why = refusal(test, world);
  // Nobody hears or answers a test that can't be seen.
  useEffect(() => cancelSelfTest, []);
  useLayoutEffect(() => {
    if (ran.current && !runs) start.current?.focus();
    ran.current = runs;
  }, [runs]);
  return (
    <section class="card self-test" aria-labelledby="self-test-title">
      <h2 class="view-title" id="self-test-title">
        {say('selfTest.heading')}
      </h2>
      {test.at === 'idle' && <p class="detail">{say('selfTest.intro')}</p>}
      {runs && <Running test={test} echoTarget={world.echoTarget} />}
      {test.at === 'over' && (
        <p class="outcome" role="status">
          {outcomeText(test)}
        </p>
      )}
      {test.findings.length > 0 && (
        <ul class="findings">
          {test.findings.map((it) => (
            <FindingItem key={it.step} finding={it} />
          ))}
        </ul>
      )}
      {!runs && (
        <>
          <button
            type="button"
            class={test.at === 'idle' ? 'primary' : 'quiet'}
            ref={start}
            aria-disabled={why !== null || undefined}
            aria-describedby={why ? 'self-test-why' : undefined}
            onClick={startSelfTest}
          >
            {say(test.at === 'idle' ? 'selfTest.start' : 'selfTest.again')}
          </button>
          {why && (
            <p class="detail" id="self-test-why">
              {say(`selfTest.${why}`)}
            </p>
          )}
        </>
      )}
    </section>
  );
}
