package dev.tandem.core.tensor;

import dev.tandem.core.backend.Backend;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's workspaces, in which arrays are made while one is open and whose memory is used again when
 * it is closed.
 */
public final class Workspaces {

  private Workspaces() {}

  /** What a task gives, whose arrays belong to no workspace, whichever this thread has open. */
  @SuppressWarnings("try") // the resource is there to be closed
  public static <T> T outside(Supplier<T> task) {
    Backend.require();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return task.get();
    }
  }
}
