import type { Failure } from '../../../src/panel/api.ts';
import { failureInWords } from '../../../src/words/failures.ts';
import { say } from '../../../src/words/say.ts';
import { Icon } from './Icon.tsx';

interface Props {
  failure: Failure;
  /** What the person may do about it beside reading. */
  onDismiss?: () => void;
  /** Interrupts a screen reader. */
  urgent?: boolean;
}

/** A failure in full: what happened, why, what to do, and the code to look up. */
export function FailureCard({ failure, onDismiss, urgent = false }: Props) {
  const { message, cause, remedy, code } = failureInWords(failure);
  return (
    <section class="failure" role={urgent ? 'alert' : undefined}>
      <Icon name="warning" />
      <div class="failure-text">
        <p class="failure-message">{message}</p>
        <p>{cause}</p>
        <p>{remedy}</p>
        <p class="code">
          <bdi>{code}</bdi>
        </p>
      </div>
      {onDismiss && (
        <button type="button" class="plain" aria-label={say('app.dismiss', { message })} onClick={onDismiss}>
          <Icon name="close" />
        </button>
      )}
    </section>
  );
}
