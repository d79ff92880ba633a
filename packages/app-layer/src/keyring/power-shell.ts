/** Windows' own PowerShell, wherever PATH may lead to. */
import { join } from 'node:path';

export const powerShell = (): string =>
  join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
