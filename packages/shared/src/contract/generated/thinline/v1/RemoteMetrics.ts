// Original file: proto/thinline/v1/quality.proto


export interface RemoteMetricsInput {
  'lossRate'?: (number | string);
  'discardRate'?: (number | string);
  'burstDensity'?: (number | string);
  'gapDensity'?: (number | string);
  'burstMs'?: (number | string);
  'gapMs'?: (number | string);
  'roundTripMs'?: (number | string);
  'endSystemMs'?: (number | string);
  /**
   * dBm0.
   */
  'signalDbm'?: (number | string);
  'noiseDbm'?: (number | string);
  /**
   * Residual echo return loss, dB.
   */
  'echoReturnLossDb'?: (number | string);
  'r'?: (number | string);
  'mosListening'?: (number | string);
  'mosConversational'?: (number | string);
  'bufferNominalMs'?: (number | string);
  'bufferMaxMs'?: (number | string);
  'bufferAbsoluteMaxMs'?: (number | string);
  '_roundTripMs'?: "roundTripMs";
  '_signalDbm'?: "signalDbm";
  '_noiseDbm'?: "noiseDbm";
  '_echoReturnLossDb'?: "echoReturnLossDb";
  '_r'?: "r";
  '_mosListening'?: "mosListening";
  '_mosConversational'?: "mosConversational";
}

export interface RemoteMetrics {
  'lossRate': (number);
  'discardRate': (number);
  'burstDensity': (number);
  'gapDensity': (number);
  'burstMs': (number);
  'gapMs': (number);
  'roundTripMs'?: (number);
  'endSystemMs': (number);
  /**
   * dBm0.
   */
  'signalDbm'?: (number);
  'noiseDbm'?: (number);
  /**
   * Residual echo return loss, dB.
   */
  'echoReturnLossDb'?: (number);
  'r'?: (number);
  'mosListening'?: (number);
  'mosConversational'?: (number);
  'bufferNominalMs': (number);
  'bufferMaxMs': (number);
  'bufferAbsoluteMaxMs': (number);
  '_roundTripMs'?: "roundTripMs";
  '_signalDbm'?: "signalDbm";
  '_noiseDbm'?: "noiseDbm";
  '_echoReturnLossDb'?: "echoReturnLossDb";
  '_r'?: "r";
  '_mosListening'?: "mosListening";
  '_mosConversational'?: "mosConversational";
}
