package dev.tandem.cuda.driver;

import org.bytedeco.cuda.cudart.CUstream_st;

/** One command that is ready to be asked for. */
interface CudaStep extends AutoCloseable {

  /** What it does, for messages. */
  String label();

  /** The bytes of memory that it needs while it runs. */
  default long workspace() {
    return 0;
  }

  /**
   * Asks for it, captured or not.
   *
   * @param stream on which it runs
   * @param workspace the address of as much memory as it needs, or 0 if it needs none
   */
  void ask(CUstream_st stream, long workspace);

  /** Gives back what describes it. */
  @Override
  default void close() {}
}
