package dev.tandem.core.layer;

import java.util.function.Supplier;

/**
 * A mistake and what is said of it.
 *
 * @param message of the exception
 * @param mistake throws it
 */
record Mistake(String message, Runnable mistake) {

  static Mistake of(String message, Supplier<?> mistake) {
    return new Mistake(message, mistake::get);
  }

  @Override
  public String toString() {
    return message;
  }
}
