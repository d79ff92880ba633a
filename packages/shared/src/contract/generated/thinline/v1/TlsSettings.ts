// Original file: proto/thinline/v1/config.proto


export interface TlsSettingsInput {
  /**
   * Of ours: a PEM file with chain and key on the endpoint, or its thumbprint; empty: none.
   */
  'certificate'?: (string);
  /**
   * The server's certificate has to name the server that we asked for.
   */
  'checkName'?: (boolean);
  /**
   * A PEM file with the authorities to trust; empty: the system's.
   */
  'authorities'?: (string);
}

export interface TlsSettings {
  /**
   * Of ours: a PEM file with chain and key on the endpoint, or its thumbprint; empty: none.
   */
  'certificate': (string);
  /**
   * The server's certificate has to name the server that we asked for.
   */
  'checkName': (boolean);
  /**
   * A PEM file with the authorities to trust; empty: the system's.
   */
  'authorities': (string);
}
