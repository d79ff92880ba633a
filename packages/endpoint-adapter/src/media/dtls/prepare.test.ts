import { expect, it } from 'vitest';
import { dtlsCertificate } from './certificate.ts';
import { prepareDtls } from './prepare.ts';

it('leaves the certificate that calls will have', async () => {
  await prepareDtls();
  const certificate = await dtlsCertificate();
  await prepareDtls();
  expect(await dtlsCertificate()).toBe(certificate);
});
