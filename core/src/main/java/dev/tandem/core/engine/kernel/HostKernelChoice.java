package dev.tandem.core.engine.kernel;

/** A way to run one call on arrays in the host's memory. */
public interface HostKernelChoice extends KernelChoice {

  /** Binds it to arrays; they stay where they are as long as the kernel lives. */
  Kernel bind(Binding binding);
}
