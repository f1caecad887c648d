package dev.tandem.keras;

/**
 * How a layer or model is called, apart from what it is called on.
 *
 * @param inference whether it was called with {@code training=False}
 * @param causal whether an attention was called with {@code use_causal_mask=True}
 * @param attentionMask whether the last tensor is the mask of an attention
 * @param masked whether Keras says that a mask goes along with the first tensor
 */
record CallForm(boolean inference, boolean causal, boolean attentionMask, boolean masked) {

  /** Called on tensors and nothing else. */
  static final CallForm PLAIN = new CallForm(false, false, false, false);
}
