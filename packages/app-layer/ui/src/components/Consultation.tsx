import { say } from '../../../src/words/say.ts';
import { complete, goBack } from '../acts.ts';
import { type Consultation as ConsultationState, canComplete, canJoin } from '../consultation.ts';
import { abilityTo, command, withHint } from '../store.ts';
import { callerText, callStateText } from '../view.ts';
import { Icon } from './Icon.tsx';

interface Props {
  it: ConsultationState;
  disabled: boolean;
}

/** Who waits, who is asked, and what can become of the two. */
export function Consultation({ it, disabled }: Props) {
  const { first, second } = it;
  const caller = callerText(first);
  const other = callerText(second);
  return (
    <section class="card consultation" aria-label={say('transfer.consultationWith', { caller, other })}>
      <h2>{say('transfer.consultation')}</h2>
      <p class="parties">
        <span>
          <bdi class="party">{caller}</bdi>
          <span class="detail">{callStateText(first)}</span>
        </span>
        <Icon name="transfer" />
        <span>
          <bdi class="party">{other}</bdi>
          <span class="detail">{callStateText(second)}</span>
        </span>
      </p>
      <div class="actions">
        <button
          type="button"
          class="primary"
          {...withHint(
            abilityTo('transfer', disabled || !canComplete(it)),
            say('transfer.completeHint', { caller, other }),
          )}
          onClick={() => void complete(it)}
        >
          <Icon name="transfer" />
          <span>{say('transfer.complete')}</span>
        </button>
        <button
          type="button"
          class="quiet"
          {...abilityTo('conference', disabled || !canJoin(it))}
          onClick={() => void command({ conference: { on: true } })}
        >
          <Icon name="join" />
          <span>{say('transfer.join')}</span>
        </button>
        <button type="button" class="quiet" {...abilityTo('resume', disabled)} onClick={() => void goBack(it)}>
          <Icon name="back" />
          <span>{say('transfer.back', { caller })}</span>
        </button>
      </div>
    </section>
  );
}
