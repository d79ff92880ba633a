/** What installers for Windows write to the registry (HKEY_LOCAL_MACHINE), from the table. */
import { type HalfName, registrations } from './product.ts';

export interface Registration {
  /** `links`: always; `startup`: with Startup; else the clients (values of DeploymentType) that it is for. */
  for: string;
  /** Of 32-bit or of 64-bit programs. */
  view: number;
  key: string;
  /** Empty: the key's own value. */
  name: string;
  /** `listed`: one of the names that the value has, with commas between them. */
  type: string;
  value: string | number;
  /** The key has others' values, too. */
  shared?: boolean;
}

export const windowsRegistrations = (half: HalfName): readonly Registration[] => registrations.windows[half];
