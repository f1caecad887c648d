package dev.tandem.examples.bench.systems;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.nd4j.autodiff.samediff.SameDiff;

/** SameDiff without its remarks: it prints a line for each op that it differentiates. */
final class Quiet {

  private Quiet() {}

  /** Lets a graph draw its gradients. */
  static void differentiate(SameDiff sd) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      sd.createGradFunction();
    } finally {
      System.setOut(out);
    }
  }
}
