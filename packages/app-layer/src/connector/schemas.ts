/** What the bodies of the connector's two versions have in common, as JSON Schema. */

export type JsonSchema = Readonly<Record<string, unknown>>;

export const volume: JsonSchema = { type: 'integer', minimum: 0, maximum: 100 };

/** Between two signs of life of a desktop, ms. */
export const period: JsonSchema = { type: 'integer', minimum: 10, maximum: 3_600_000 };

/** One for each line. */
export const strings: JsonSchema = { type: 'array', maxItems: 6, items: { type: 'string', maxLength: 512 } };

export const answer = (description: string, properties: JsonSchema): JsonSchema => ({
  description,
  type: 'object',
  required: Object.keys(properties),
  properties,
});

export const nothing: JsonSchema = { description: 'Done.', type: 'object', properties: {} };

const reasons = {
  400: 'The request is malformed.',
  403: 'Another desktop has the session.',
  404: 'There is no session.',
  409: 'The phone did not do it.',
} as const;

const refusal = (description: string): JsonSchema => ({
  description,
  type: 'object',
  required: ['failure'],
  properties: {
    failure: {
      type: 'object',
      required: ['code', 'message', 'cause', 'remedy'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        cause: { type: 'string' },
        remedy: { type: 'string' },
      },
    },
  },
});

/** By status. */
export const refusals = (...statuses: (keyof typeof reasons)[]): Record<number, JsonSchema> =>
  Object.fromEntries(statuses.map((status) => [status, refusal(reasons[status])]));
