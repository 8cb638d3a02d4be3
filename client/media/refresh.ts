/**
 * How often a picture that is sent begins anew, in milliseconds. A receiver whose decoder has once
 * gone wrong without noticing shows broken blocks until the next key frame, and in a quiet room
 * nobody ever asks for one. A key frame costs as much as some ten others.
 */
export const refreshEvery = 20_000;

/** Of the call below, which the DOM types do not know yet (webrtc-extensions §"RTCSetParameterOptions"). */
type SetParameters = (
  parameters: RTCRtpSendParameters,
  options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
) => Promise<void>;

/** Asks the encoder for a key frame in each layer that it encodes; a browser may not know how to. */
export async function refresh(rtpSender: RTCRtpSender): Promise<void> {
  const parameters = rtpSender.getParameters();
  if (!parameters.encodings.some((e) => e.active)) return;
  const encodingOptions = parameters.encodings.map((e) => ({ keyFrame: e.active === true }));
  const setParameters: SetParameters = rtpSender.setParameters.bind(rtpSender);
  await setParameters(parameters, { encodingOptions });
}
