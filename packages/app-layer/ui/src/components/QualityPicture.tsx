import type { Audio, Call } from '../../../src/panel/api.ts';
import { failureInWords } from '../../../src/words/failures.ts';
import { numberText, percentText } from '../../../src/words/numbers.ts';
import { say } from '../../../src/words/say.ts';
import { useSource } from '../hooks.ts';
import { blameOf } from '../quality-blame.ts';
import {
  chartHeight,
  chartWidth,
  curve,
  heightOf,
  isFair,
  type Measure,
  measures,
  scales,
  summaryOf,
  topOf,
} from '../quality-chart.ts';
import { type QualityRecord, qualityRecords, type Sample } from '../quality-record.ts';
import { panel } from '../store.ts';
import { callerText } from '../view.ts';
import { NetworkBadge } from './NetworkBadge.tsx';

function valueText(measure: Measure, value: number | null): string {
  if (value === null) return '–';
  switch (measure) {
    case 'loss':
      return percentText(value, 1);
    case 'mos':
      return numberText(value, 1);
    default:
      return say('quality.milliseconds', { ms: Math.round(value) });
  }
}

interface ChartProps {
  measure: Measure;
  samples: readonly Sample[];
}

function Chart({ measure, samples }: ChartProps) {
  const summary = summaryOf(measure, samples);
  const name = say(`quality.measures.${measure}`);
  const top = topOf(measure, samples);
  const fair = heightOf(measure, scales[measure].fair, top);
  const now = summary?.now ?? null;
  const label = summary
    ? say('quality.chart', {
        measure: name,
        now: now === null ? say('quality.unmeasured') : valueText(measure, now),
        worst: valueText(measure, summary.worst),
      })
    : say('quality.chartUnmeasured', { measure: name });
  return (
    <figure class="chart" title={say(`quality.meanings.${measure}`)}>
      <figcaption>
        <span>{name}</span>
        <strong class={now !== null && !isFair(measure, now) ? 'value unfair' : 'value'}>
          {valueText(measure, now)}
        </strong>
      </figcaption>
      <svg
        class="plot"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${chartWidth} ${chartHeight}`}
        preserveAspectRatio="none"
      >
        <path class="fair" d={`M0 ${fair}H${chartWidth}`} />
        <path class="curve" d={curve(measure, samples)} />
      </svg>
    </figure>
  );
}

const Figures = ({ samples }: { samples: readonly Sample[] }) => (
  <details class="figures">
    <summary>
      <span>{say('quality.table')}</span>
    </summary>
    <table>
      <thead>
        <tr>
          <th scope="col">{say('quality.measure')}</th>
          <th scope="col">{say('quality.now')}</th>
          <th scope="col">{say('quality.mean')}</th>
          <th scope="col">{say('quality.worst')}</th>
        </tr>
      </thead>
      <tbody>
        {measures.map((measure) => {
          const summary = summaryOf(measure, samples);
          return (
            <tr key={measure}>
              <th scope="row">{say(`quality.measures.${measure}`)}</th>
              <td>{valueText(measure, summary?.now ?? null)}</td>
              <td>{valueText(measure, summary?.mean ?? null)}</td>
              <td>{valueText(measure, summary?.worst ?? null)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </details>
);

interface PictureProps {
  call: Call;
  record: QualityRecord;
  audio: Audio | null;
  /** There are several. */
  named: boolean;
}

function Picture({ call, record, audio, named }: PictureProps) {
  const blame = blameOf(record, call, audio);
  const caller = callerText(call);
  const sentence =
    blame === 'device'
      ? say('quality.blame.device', { message: audio?.failure ? failureInWords(audio.failure).message : '' })
      : say(`quality.blame.${blame}`);
  return (
    <section class="picture" aria-label={say('calls.callWith', { caller })}>
      {named && <h3>{caller}</h3>}
      <NetworkBadge quality={record.last ?? undefined} />
      <div class="charts">
        {measures.map((measure) => (
          <Chart key={measure} measure={measure} samples={record.samples} />
        ))}
      </div>
      <p class="axis detail" aria-hidden="true">
        <span>{say('quality.ago')}</span>
        <span>{say('quality.nowAxis')}</span>
      </p>
      <p class={blame === 'nothing' ? 'blame' : 'blame found'} role="status">
        {sentence}
      </p>
      <Figures samples={record.samples} />
    </section>
  );
}

/** How the calls that are up sound: over time, in figures, and in a sentence. */
export function QualityPicture() {
  const records = useSource(qualityRecords);
  const phone = useSource(panel).phone?.phone;
  const shown = records.flatMap((record) => {
    const call = phone?.calls.find(({ id }) => id === record.callId);
    return call ? [{ call, record }] : [];
  });
  return (
    <section class="card quality" aria-labelledby="quality-title">
      <h2 class="view-title" id="quality-title">
        {say('quality.heading')}
      </h2>
      {shown.length === 0 && <p class="detail">{say('quality.noCall')}</p>}
      {shown.map(({ call, record }) => (
        <Picture key={call.id} call={call} record={record} audio={phone?.audio ?? null} named={shown.length > 1} />
      ))}
    </section>
  );
}
