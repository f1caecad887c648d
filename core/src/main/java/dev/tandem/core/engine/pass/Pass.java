package dev.tandem.core.engine.pass;

/**
 * A step of what planning does for speed. Each can be left out, to find out what it is worth or
 * whether it is to blame; results do not depend on it, but for rounding.
 */
public enum Pass {
  /** Numbers spread over tensors become scalar arguments; ops repeat their inputs themselves. */
  SIMPLIFY,
  /** Gradients of activations read outputs in place of inputs. */
  OUTPUT_GRADIENTS,
  /** Kernels compute some of their inputs themselves: a product with its bias and activation. */
  FUSE,
  /** New values of variables are written where the old ones lie. */
  IN_PLACE,
  /** Outputs take the place of inputs that nobody needs any more. */
  SHARE,
  /** Intermediate values that are not needed at the same time lie in the same memory. */
  ARENA;
}
