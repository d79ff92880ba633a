/** What the option table says of each setting of Softphone.config. */
import type {
  AlertingSettings,
  CallPolicy,
  Configuration,
  DeviceSettings,
  LineConfiguration,
  LogSettings,
  MailboxConfiguration,
  MediaSettings,
  NatSettings,
  PortRange,
  QualitySettings,
  SipSettings,
  TlsSettings,
} from '../contract/types.ts';

type Name<Message> = keyof Message & string;

/** Where a value lands in the contract's Configuration; below "lines", in the line that it belongs to. */
export type ConfigurationField =
  | Name<Configuration>
  | `${'sipPorts' | 'rtpPorts' | 'sip.tcpPorts'}.${Name<PortRange>}`
  | `sip.${Name<SipSettings>}`
  | `sip.tls.${Name<TlsSettings>}`
  | `calls.${Name<CallPolicy>}`
  | `media.${Name<MediaSettings>}`
  | `devices.${Name<DeviceSettings>}`
  | `alerting.${Name<AlertingSettings>}`
  | `quality.${Name<QualitySettings>}`
  | `log.${Name<LogSettings>}`
  | `lines.${Name<LineConfiguration>}`
  | `lines.nat.${Name<NatSettings>}`
  | `lines.mailbox.${Name<MailboxConfiguration>}`;

/** When a change takes effect, the weakest first. */
export const effects = ['at once', 'next call', 'register', 'restart'] as const;
export type Effect = (typeof effects)[number];

export type Value = number | string | boolean;

export interface Option {
  /**
   * domain.section.setting; proxyN stands for the section of any line, NAME for that of any codec ("iLBC/8000"). "user:N":
   * an attribute of the Connectivity with that number.
   */
  path: string;
  /** What it was called before; read where the new name is not there. */
  oldPath?: string;
  /** boolean: 0, 1, true, false, yes or no. choice: one of `choices`, in whatever case and without regard to spaces. */
  type: 'integer' | 'text' | 'boolean' | 'choice';
  /** Legal range, both ends included. */
  min?: number;
  max?: number;
  unit?: 's' | 'ms' | 'bit/s';
  choices?: readonly string[];
  /** What a text has to look like, and how that is said. */
  form?: { pattern: RegExp; words: string };
  default: Value;
  /** What a new file says, where that is not the default. */
  initial?: string;
  effect: Effect;
  /** Which half acts on it. */
  where: 'app' | 'adapter' | 'both';
  /** Absent: the endpoint is not told of it. */
  fields?: readonly ConfigurationField[];
  /** Never shown, in whatever. */
  secret?: true;
  /** Why this version doesn't act on it. */
  noEffect?: string;
  meaning: string;
}
