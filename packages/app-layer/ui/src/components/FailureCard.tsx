import type { Failure } from '../../../src/panel/api.ts';
import { Icon } from './Icon.tsx';

interface Props {
  failure: Failure;
  /** What the person may do about it beside reading. */
  onDismiss?: () => void;
  /** Interrupts a screen reader. */
  urgent?: boolean;
}

/** A failure in full: what happened, why, what to do, and the code to look up. */
export const FailureCard = ({ failure, onDismiss, urgent = false }: Props) => (
  <section class="failure" role={urgent ? 'alert' : undefined}>
    <div class="failure-text">
      <p class="failure-message">{failure.message}</p>
      <p>{failure.cause}</p>
      <p>{failure.remedy}</p>
      <p class="code">{failure.code}</p>
    </div>
    {onDismiss && (
      <button type="button" class="plain" aria-label={`Dismiss: ${failure.message}`} onClick={onDismiss}>
        <Icon name="close" />
      </button>
    )}
  </section>
);
