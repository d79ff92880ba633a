export type PluginName = 'freerdp2' | 'freerdp3' | 'horizon' | 'windows-x64' | 'windows-ia32';

export const plugins: Readonly<Record<PluginName, { file: string }>>;
export function buildPlugin(name: PluginName, out?: string, moreFlags?: readonly string[]): string;
export function headersOf(packages: readonly string[]): string[];
