/** Prints docs/conformance.md, for `npm run generate`. */
import type { Topic } from './scenario.ts';
import { topics } from './scenarios.ts';

const rows = (topic: Topic): string[] =>
  Object.entries(topic).map(([name, { behaviour, source }]) => `| ${behaviour} | ${source} | \`${name}\` |`);

const sections = [...topics].flatMap(([title, topic]) => [
  `## ${title}`,
  '',
  '| the phone | asked for by | scenario |',
  '|---|---|---|',
  ...rows(topic),
  '',
]);

const page = [
  '# Conformance',
  '',
  'What the phone does on the wire, one behaviour a row. Each has a scenario of SIPp in `test/conformance/sipp` that plays',
  'the far end and judges each message; `npm test` runs them all. A source without a number is what contact centres ask',
  'for beside the RFCs.',
  '',
  'Malformed messages are another table (`test/conformance/torture.ts`: RFC 4475, RFC 5118), as are names and addresses',
  '(`test/conformance/locate.test.ts`: RFC 3263).',
  '',
  'Generated from `test/conformance/sipp/topics` by `npm run generate`.',
  '',
  ...sections,
].join('\n');

process.stdout.write(page);
