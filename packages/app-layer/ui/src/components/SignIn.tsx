import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Account } from '../../../src/account/account.ts';
import type { Desk, Failure, Line } from '../../../src/panel/api.ts';
import { say } from '../../../src/words/say.ts';
import { userPart } from '../../../src/words.ts';
import { type Problems, problemsIn, signIn, signOut, tidied, transports } from '../sign-in.ts';
import { abilityTo, command } from '../store.ts';
import { lineView } from '../view.ts';
import { FailureCard } from './FailureCard.tsx';

interface Props {
  desk: Desk;
  lines: readonly Line[];
  /** ms since 1970. */
  now: number;
  /** The phone is not there. */
  disabled: boolean;
}

/** Who the phone is, where the agent says it: a form to sign in, or who has. Why a line failed stands elsewhere. */
export function SignIn({ desk, lines, now, disabled }: Props) {
  switch (desk.signIn.by) {
    case 'nobody':
      return <SignInForm desk={desk} />;
    case 'panel':
      return <SignedIn desk={desk} lines={lines} now={now} disabled={disabled} />;
    case 'desktop':
    case 'file':
      return null;
  }
}

interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  /** Why what is in it can't be. */
  error?: string | undefined;
  children: ComponentChildren;
}

/** A field with its label above, and what is to be known or mended below. */
const Field = ({ id, label, hint, error, children }: FieldProps) => (
  <div class="entry">
    <label for={id}>{label}</label>
    {children}
    {hint && (
      <p class="detail" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {error && (
      <p class="field-error" id={`${id}-error`}>
        {error}
      </p>
    )}
  </div>
);

const described = (id: string, hint: boolean, error: boolean) => {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error || undefined };
};

function SignInForm({ desk }: { desk: Desk }) {
  const known = desk.signIn;
  const [account, setAccount] = useState<Account>({
    user: known.user,
    displayName: known.displayName,
    authUser: known.authUser,
    password: '',
    server: known.server,
    transport: known.transport || 'udp',
    keep: known.keep,
  });
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  // Whoever unfolds it changes the element, which says so later than the next key may come: so it alone knows.
  const advanced = useRef<HTMLDetailsElement>(null);
  const [unfolded] = useState(known.server === '');
  const form = useRef<HTMLFormElement>(null);

  const put = (part: Partial<Account>) => setAccount((now) => ({ ...now, ...part }));
  const text = (name: 'user' | 'displayName' | 'authUser' | 'password' | 'server') =>
    ({
      id: `account-${name}`,
      name,
      value: account[name],
      autocapitalize: 'off',
      spellcheck: false,
      maxLength: 128,
      onInput: (event: { currentTarget: HTMLInputElement }) => put({ [name]: event.currentTarget.value }),
    }) as const;

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const wanted = tidied(account);
    const found = problemsIn(wanted);
    setAccount(wanted);
    setProblems(found);
    setFailure(null);
    if (found.server && advanced.current) advanced.current.open = true;
    const first = found.user ? 'user' : found.server ? 'server' : null;
    if (first) {
      // What is wrong with the field is read out with it, so it has to stand there first.
      requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>(`#account-${first}`)?.focus());
      return;
    }
    setBusy(true);
    setFailure(await signIn(wanted));
    setBusy(false);
    put({ password: '' });
  };

  const error = (name: keyof Problems) => {
    const problem = problems[name];
    return problem && say(`signIn.errors.${problem}`);
  };

  return (
    <form class="card sign-in" ref={form} aria-labelledby="sign-in-title" noValidate onSubmit={submit}>
      <h2 class="view-title" id="sign-in-title">
        {say('signIn.heading')}
      </h2>
      <p class="detail">{say('signIn.intro')}</p>
      {failure && <FailureCard failure={failure} urgent />}
      <Field id="account-user" label={say('signIn.user')} error={error('user')}>
        <input
          type="text"
          autocomplete="username"
          required
          {...text('user')}
          {...described('account-user', false, problems.user !== undefined)}
        />
      </Field>
      <Field id="account-password" label={say('signIn.password')}>
        <input type="password" autocomplete="current-password" {...text('password')} />
      </Field>
      <Field id="account-displayName" label={say('signIn.displayName')} hint={say('signIn.displayNameHint')}>
        <input
          type="text"
          autocomplete="name"
          {...text('displayName')}
          {...described('account-displayName', true, false)}
        />
      </Field>
      <div class="check">
        <input
          id="account-keep"
          type="checkbox"
          checked={account.keep}
          aria-describedby="account-keep-hint"
          onChange={(event) => put({ keep: event.currentTarget.checked })}
        />
        <label for="account-keep">{say('signIn.keep')}</label>
        <p class="detail" id="account-keep-hint">
          {known.canKeep ? say('signIn.keepHint') : say('signIn.cannotKeep')}
        </p>
      </div>
      <details ref={advanced} open={unfolded}>
        <summary>
          <span>{say('signIn.advanced')}</span>
        </summary>
        <div class="advanced">
          <Field
            id="account-server"
            label={say('signIn.server')}
            hint={say('signIn.serverHint')}
            error={error('server')}
          >
            <input
              type="text"
              inputMode="url"
              autocomplete="off"
              required
              {...text('server')}
              {...described('account-server', true, problems.server !== undefined)}
            />
          </Field>
          <Field id="account-transport" label={say('signIn.transport')}>
            <select
              id="account-transport"
              name="transport"
              value={account.transport}
              onChange={(event) => put({ transport: event.currentTarget.value })}
            >
              {transports.map((it) => (
                <option key={it} value={it}>
                  {it.toUpperCase()}
                </option>
              ))}
            </select>
          </Field>
          <Field id="account-authUser" label={say('signIn.authUser')} hint={say('signIn.authUserHint')}>
            <input
              type="text"
              autocomplete="off"
              {...text('authUser')}
              {...described('account-authUser', true, false)}
            />
          </Field>
        </div>
      </details>
      <button type="submit" class="primary" aria-disabled={busy || undefined}>
        {busy ? say('signIn.submitting') : say('signIn.submit')}
      </button>
    </form>
  );
}

function SignedIn({ desk, lines, now, disabled }: Props) {
  const { user, displayName, server, transport, keep } = desk.signIn;
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(await signOut());
    setBusy(false);
  };
  return (
    <section class="card account" aria-labelledby="account-title">
      <h2 class="view-title" id="account-title">
        {say('signIn.account')}
      </h2>
      <div>
        <p>
          {say('signIn.signedInAs', { user })}
          {displayName && displayName !== user && (
            <>
              {' · '}
              <bdi>{displayName}</bdi>
            </>
          )}
        </p>
        <p class="detail">
          <bdi>{server}</bdi> · {transport.toUpperCase()} · {say(keep ? 'signIn.kept' : 'signIn.notKept')}
        </p>
      </div>
      {failure && <FailureCard failure={failure} urgent />}
      {lines.map((line) => (
        <Registration key={line.id} line={line} now={now} disabled={disabled} named={lines.length > 1} />
      ))}
      <button type="button" class="quiet" aria-disabled={busy || undefined} onClick={leave}>
        {say('signIn.signOut')}
      </button>
    </section>
  );
}

interface RegistrationProps {
  line: Line;
  now: number;
  disabled: boolean;
  /** There are several. */
  named: boolean;
}

function Registration({ line, now, disabled, named }: RegistrationProps) {
  const { tone, state, retry } = lineView(line, now);
  const isIn = line.state === 'REGISTERED' || line.state === 'REGISTERING';
  const canChange = isIn || line.state === 'UNREGISTERED' || line.state === 'FAILED';
  return (
    <div class="setting">
      <div>
        {named && <bdi>{userPart(line.address)}</bdi>}
        <p class={`pill ${tone}`} role="status">
          {state}
        </p>
        {retry && <p class="detail">{retry}</p>}
      </div>
      {canChange && (
        <button
          type="button"
          class="quiet"
          {...abilityTo('register', disabled)}
          onClick={() => void command({ register: { lineId: line.id, remove: isIn } })}
        >
          {say(isIn ? 'signIn.unregister' : 'signIn.register')}
        </button>
      )}
    </div>
  );
}
