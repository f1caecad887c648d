package org.nd4j.nativeblas;

/**
 * A class that DL4J 1.0.0-M2.1 asks whether oneDNN may be used, under a name that ND4J no longer
 * has. With {@code -Dorg.eclipse.deeplearning4j.helpers.disable=false} its oneDNN helpers then
 * work; without, they stay off, as DL4J ships.
 */
public final class Nd4jCpu {

  private Nd4jCpu() {}

  /** The environment that is asked. */
  public static final class Environment {

    private Environment() {}

    /** The one environment. */
    public static Environment getInstance() {
      return new Environment();
    }

    /** Whether oneDNN may be used. */
    public boolean isUseMKLDNN() {
      return true;
    }
  }
}
