/** A process that leaves with the code 7 while a call into a vendor's library hangs. Its arguments: the library, the far end. */
import { wtsFrom } from '@thinline/app-layer/channel/wts.ts';
import { configure } from './vendors.ts';

const [, , library = '', farEnd = ''] = process.argv;
await configure(library, farEnd);
const pipe = await wtsFrom(library).open();
pipe.on('error', () => {}).resume();
pipe.write(Buffer.alloc(2 << 20));
process.once('message', () => process.exit(7));
process.send?.('writing');
