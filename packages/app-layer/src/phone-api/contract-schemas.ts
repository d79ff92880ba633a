/** The contract's messages as JSON Schemas, as proto/ has them: what they are called, and what is said of their fields. */
import { join } from 'node:path';
import protobuf from 'protobufjs';
import type { Schema } from '../panel/command-table.ts';

const protoFolder = join(import.meta.dirname, '../../../../proto');

const scalars: Readonly<Record<string, Schema>> = {
  bool: { type: 'boolean' },
  string: { type: 'string' },
  double: { type: 'number' },
  float: { type: 'number' },
  int32: { type: 'integer' },
  uint32: { type: 'integer', minimum: 0 },
  uint64: { type: 'integer', minimum: 0 },
};

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

const described = (comment: string | null): Schema =>
  comment === null ? {} : { description: comment.replaceAll('\n', ' ') };

/** A message is null where it is absent, unless proto/ calls the field optional: then the key is missing. */
function valueSchema(field: protobuf.Field, wanted: Set<protobuf.Type>): Schema {
  const { resolvedType, type, repeated } = field;
  if (resolvedType instanceof protobuf.Enum) return { type: 'string', enum: Object.keys(resolvedType.values) };
  if (resolvedType instanceof protobuf.Type) {
    wanted.add(resolvedType);
    const message = reference(resolvedType.name);
    return repeated || isOptional(field) ? message : orNull(message);
  }
  const scalar = scalars[type];
  if (!scalar) throw new Error(`${field.fullName} is ${type}, of which JSON knows nothing here.`);
  return scalar;
}

const isOptional = ({ options }: protobuf.Field): boolean => options?.proto3_optional === true;

function fieldSchema(field: protobuf.Field, wanted: Set<protobuf.Type>): Schema {
  const value = valueSchema(field, wanted);
  const said = described(field.comment);
  if (field instanceof protobuf.MapField) return { ...said, type: 'object', additionalProperties: value };
  return field.repeated ? { ...said, type: 'array', items: value } : { ...value, ...said };
}

function messageSchema(message: protobuf.Type, wanted: Set<protobuf.Type>): Schema {
  const fields = message.fieldsArray;
  return {
    type: 'object',
    ...described(message.comment),
    required: fields.filter((it) => !isOptional(it)).map(({ name }) => name),
    properties: Object.fromEntries(fields.map((it) => [it.name, fieldSchema(it, wanted)])),
  };
}

/** These messages and all that is in them, by their names. */
export function contractSchemas(names: readonly string[]): Record<string, Schema> {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(protoFolder, target);
  // The comments of proto/ are of two slashes.
  root.loadSync('thinline/v1/session.proto', { alternateCommentMode: true }).resolveAll();
  const wanted = new Set(names.map((name) => root.lookupType(`thinline.v1.${name}`)));
  const schemas: Record<string, Schema> = {};
  // What a message refers to joins the set while it is gone through.
  for (const message of wanted) schemas[message.name] = messageSchema(message, wanted);
  return schemas;
}
