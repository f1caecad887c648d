package dev.tandem.examples.cli;

import dev.tandem.core.engine.PlanEngine;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** Studies of a few steps, for tests. */
public final class Studies {

  private Studies() {}

  /**
   * Runs a study as a command does, without printing.
   *
   * @return the table that it filled
   */
  public static <D> String run(
      StudyCommand<D> command, BiConsumer<Study, D> study, int steps, Path folder, D data) {
    SeedTable table = command.table();
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    try (Interruption none = Interruption.listening(signal -> {})) {
      study.accept(new Study(steps, 1, new PlanEngine(), nowhere, folder, table, none), data);
    }
    return table.text();
  }
}
