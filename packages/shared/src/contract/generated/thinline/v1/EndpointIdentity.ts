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
  /**
   * Of the machine, the same at each start: by it an app layer knows that it has come to another endpoint.
   */
  'endpointId'?: (string);
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
  /**
   * Of the machine, the same at each start: by it an app layer knows that it has come to another endpoint.
   */
  'endpointId': (string);
}
