// Original file: proto/thinline/v1/session.proto


export interface EndpointIdentityInput {
  /**
   * Random, new at each start of the adapter: event numbers are counted within it.
   */
  'epoch'?: (string);
  'host'?: (string);
  'platform'?: (string);
  'productVersion'?: (string);
  'pid'?: (number);
}

export interface EndpointIdentity {
  /**
   * Random, new at each start of the adapter: event numbers are counted within it.
   */
  'epoch': (string);
  'host': (string);
  'platform': (string);
  'productVersion': (string);
  'pid': (number);
}
