package dev.tandem.examples.bench.measure;

/** A system cannot do a task; the message says why. */
public final class Unsupported extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** A system cannot do a task. */
  public Unsupported(String reason) {
    super(reason);
  }
}
