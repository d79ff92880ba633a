import { FailureError } from '@thinline/shared/failures.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RegisterAnswer, Registration, type RegistrationSettings } from './registration.ts';

const settings: RegistrationSettings = {
  user: '701',
  server: 'example.org',
  transport: 'udp',
  registerTimeoutS: 1_800,
  registerIntervalS: 10,
};

const answer = (more: Partial<RegisterAnswer>): RegisterAnswer => ({
  status: 200,
  reason: 'OK',
  detail: '',
  expiresS: null,
  retryAfterS: 0,
  minExpiresS: 0,
  authorized: false,
  moved: false,
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

type Step = Partial<RegisterAnswer> | Error;

function make(steps: Step[], more: Partial<RegistrationSettings> = {}) {
  const sent: number[] = [];
  const states: string[] = [];
  const registration = new Registration(
    { ...settings, ...more },
    {
      send: async (expiresS) => {
        sent.push(expiresS);
        const step = steps.shift() ?? {};
        if (step instanceof Error) throw step;
        return answer(step);
      },
      changed: (status) => states.push(status.failure ? `${status.state} ${status.failure.code}` : status.state),
      random: () => 0.5,
      now: Date.now,
    },
  );
  return { registration, sent, states };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('Registration', () => {
  it('registers, refreshes in time, and stays registered meanwhile', async () => {
    const { registration, sent, states } = make([{ expiresS: 300 }, { expiresS: 60 }]);
    registration.register();
    await settle();
    expect(registration.status).toMatchObject({ state: 'REGISTERED', expiresAtMs: 300_000 });
    await vi.advanceTimersByTimeAsync(199_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(sent).toEqual([1_800, 1_800, 1_800]);
    expect(states).toEqual(['REGISTERING', 'REGISTERED', 'REGISTERED', 'REGISTERED']);
  });

  it('stands alone without reg_timeout', async () => {
    const { registration, sent } = make([], { registerTimeoutS: 0 });
    registration.register();
    await registration.unregister();
    expect(registration.status.state).toBe('STANDALONE');
    expect(sent).toEqual([]);
  });

  it('asks for what a 423 wants', async () => {
    const { registration, sent } = make([{ status: 423, minExpiresS: 3_600 }]);
    registration.register();
    await settle();
    expect(sent).toEqual([1_800, 3_600]);
    expect(registration.status.state).toBe('REGISTERED');
  });

  it('names a refused password, and does not try again by itself', async () => {
    for (const status of [401, 403, 407]) {
      const { registration, sent, states } = make([{ status, authorized: true }]);
      registration.register();
      await vi.advanceTimersByTimeAsync(3_600_000);
      registration.serverHeard();
      registration.transportLost();
      await settle();
      expect(sent).toHaveLength(1);
      expect(states).toEqual(['REGISTERING', 'FAILED TL2001']);
      registration.register();
      await settle();
      expect(registration.status.state).toBe('REGISTERED');
    }
  });

  it('names other refusals, and tries again later and later', async () => {
    const { registration, sent } = make(Array.from({ length: 4 }, () => ({ status: 404, reason: 'Not Found' })));
    registration.register();
    await settle();
    expect(registration.status).toMatchObject({ failure: { code: 'TL2004' }, retryAtMs: 10_000 });
    expect(registration.status.failure?.cause).toContain('404 Not Found');
    await vi.advanceTimersByTimeAsync(10_000 + 20_000);
    expect(sent).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(39_999);
    expect(sent).toHaveLength(3);
  });

  it('tries no sooner than the server asks for, a day at most', async () => {
    const { registration, sent } = make([
      { status: 503, retryAfterS: 100 },
      { status: 503, retryAfterS: 4_294_967_295 },
    ]);
    registration.register();
    await vi.advanceTimersByTimeAsync(99_999);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    expect(registration.status.retryAtMs).toBe(100_000 + 86_400_000);
  });

  it('names a silent server, and one without a name', async () => {
    const silent = make([{ status: 0, detail: 'no response' }], { registerIntervalS: 0 });
    silent.registration.register();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(silent.states).toEqual(['REGISTERING', 'FAILED TL2002']);
    expect(silent.registration.status.retryAtMs).toBe(0);
    const nameless = make([new FailureError('serverUnknown', { server: 'x', detail: 'ENOTFOUND' })]);
    nameless.registration.register();
    await settle();
    expect(nameless.states).toEqual(['REGISTERING', 'FAILED TL2003']);
  });

  it('tries at once when the server is heard of, and when its connection breaks', async () => {
    const { registration, sent } = make([{ status: 0 }]);
    registration.register();
    await settle();
    registration.serverHeard();
    await settle();
    expect(registration.status.state).toBe('REGISTERED');
    registration.transportLost();
    await settle();
    expect(sent).toHaveLength(3);
  });

  it('does not hammer at a server that closes each connection', async () => {
    const { registration, sent } = make([]);
    registration.register();
    await settle();
    for (let i = 0; i < 9; i++) {
      registration.transportLost();
      await settle();
    }
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(9_000);
    registration.transportLost();
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(3);
  });

  it('registers again when the server saw another address, but not for ever', async () => {
    const { registration, sent } = make(Array.from({ length: 9 }, () => ({ moved: true })));
    registration.register();
    await settle();
    expect(sent).toHaveLength(3);
    expect(registration.status.state).toBe('REGISTERED');
  });

  it('asks anew before it is due where told to, but only once registered', async () => {
    const { registration, sent } = make([]);
    registration.refresh();
    await settle();
    expect(sent).toEqual([]);
    registration.register();
    await settle();
    registration.refresh();
    registration.refresh();
    await settle();
    expect(sent).toHaveLength(2);
  });

  it('takes the registration away, and does not wait for ever', async () => {
    const { registration, sent } = make([{}]);
    registration.register();
    await settle();
    await registration.unregister();
    expect(sent).toEqual([1_800, 0]);
    expect(registration.status.state).toBe('UNREGISTERED');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(sent).toHaveLength(2);
  });

  it('waits for the answer to one REGISTER before it sends the next, and sends the newest alone', async () => {
    const sent: number[] = [];
    const answers: ((answer: RegisterAnswer) => void)[] = [];
    const registration = new Registration(settings, {
      send: (expiresS) => {
        sent.push(expiresS);
        return new Promise((resolve) => answers.push(resolve));
      },
      changed: () => {},
      random: () => 0.5,
      now: Date.now,
    });
    registration.register();
    void registration.unregister();
    registration.register();
    void registration.unregister();
    await settle();
    expect(sent).toEqual([1_800]);
    answers[0]?.(answer({}));
    await settle();
    expect(sent).toEqual([1_800, 0]);
    expect(registration.status.state).toBe('UNREGISTERING');
    answers[1]?.(answer({}));
    await settle();
    expect(sent).toEqual([1_800, 0]);
    expect(registration.status.state).toBe('UNREGISTERED');
  });

  it('says nothing once stopped', async () => {
    const { registration, states } = make([{}]);
    registration.register();
    registration.stop();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(states).toEqual(['REGISTERING']);
  });
});
