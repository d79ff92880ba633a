/**
 * Who may show the panel inside a page of their own. Such a page can lay something over it and so have the agent press what
 * they don't see (clickjacking): it is for named ones alone, and the browser sees to it.
 */
import type { Place } from '@thinline/shared/loopback-guard.ts';

/** What CSP takes for a host-source (https://www.w3.org/TR/CSP3/#framework-directive-source-list), as an origin has it. */
const originForm = /^https?:\/\/[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{1,5})?$/;

/** Those of the named origins that may. Without TLS none: no cookie is sent in another site's frame there. */
export const framers = (origins: readonly string[], { scheme = 'http' }: Place): string[] =>
  scheme === 'https' ? origins.filter((it) => originForm.test(it)) : [];

/** The attribute of the cookie of who enters in a frame is for there alone: https://github.com/privacycg/CHIPS */
export const cookieAttributes = (scheme: Place['scheme'], inFrame: boolean): string => {
  if (scheme !== 'https') return 'SameSite=Strict';
  return inFrame ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Strict; Secure';
};
