package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.worker.Workers;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ErrorReportTest {

  @Test
  void error_ofAWorker_namesIt() {
    StringWriter text = new StringWriter();
    CommandLine command = new CommandLine(CommandSpec.create().name("tandem"));
    command.setErr(new PrintWriter(text, true));
    try {
      Workers.threads(2)
          .run(
              worker -> {
                if (worker.rank() == 1) {
                  throw new IllegalArgumentException("step 3 has NaN");
                }
                worker.gather(new byte[0]);
              });
    } catch (IllegalArgumentException e) {
      new ErrorReport(() -> false).handleExecutionException(e, command, command.getParseResult());
    }
    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            "tandem: step 3 has NaN (thrown by worker 1 of 2, and the others ended)\n");
  }
}
