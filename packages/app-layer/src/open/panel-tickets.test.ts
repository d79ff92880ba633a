import { expect, test } from 'vitest';
import { PanelTickets } from './panel-tickets.ts';

test('a ticket lets in once', () => {
  const tickets = new PanelTickets();
  const [ticket, other] = [tickets.make(), tickets.make()];
  expect(ticket).toMatch(/^[\w-]{43}$/);
  expect(tickets.has(ticket)).toBe(true);
  expect(tickets.take(ticket)).toBe(true);
  expect([tickets.has(ticket), tickets.take(ticket)]).toEqual([false, false]);
  expect(tickets.take(other)).toBe(true);
});

test('after a minute it lets nobody in', () => {
  let now = 0;
  const tickets = new PanelTickets(() => now);
  const ticket = tickets.make();
  now = 59_999;
  expect(tickets.has(ticket)).toBe(true);
  now = 60_000;
  expect([tickets.has(ticket), tickets.take(ticket)]).toEqual([false, false]);
});

test('of more than sixteen the oldest is forgotten', () => {
  const tickets = new PanelTickets();
  const made = Array.from({ length: 17 }, () => tickets.make());
  expect(made.map((ticket) => tickets.has(ticket))).toEqual([false, ...Array(16).fill(true)]);
});

test('what was never made lets nobody in', () => {
  const tickets = new PanelTickets();
  for (const given of ['', 'x', '__proto__']) expect([tickets.has(given), tickets.take(given)]).toEqual([false, false]);
});
