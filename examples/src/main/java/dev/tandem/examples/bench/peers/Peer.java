package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.ChildProcess;
import java.util.Optional;

/** A system whose steps are measured in processes of their own. */
interface Peer {

  /** Its name, as its program prints it. */
  String name();

  /** The module of examples/bench that builds its program; empty if there is nothing to build. */
  Optional<String> module();

  /**
   * What must have run once before its program does: a main class of this application, and its
   * arguments; empty if nothing.
   */
  default ImmutableList<String> preparation() {
    return ImmutableList.of();
  }

  /** Chooses the numbers of steps. */
  Steps.Pace pace();

  /** The process that measures a task. */
  ChildProcess process(String classPath, String threads, Task task, Steps steps);

  /** The version of its library; for a program on the JVM that on a class path of Maven's. */
  String version(String classPath);
}
