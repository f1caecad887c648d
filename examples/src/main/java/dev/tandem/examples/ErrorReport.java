package dev.tandem.examples;

import dev.tandem.core.worker.WorkerException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Tells errors in one line: of wrong arguments and where help is, of failures their message.
 *
 * @param traced whether the stack trace is wanted too
 */
record ErrorReport(BooleanSupplier traced)
    implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message =
        String.valueOf(error.getMessage()).lines().findFirst().orElse("wrong arguments");
    command.getErr().println(name + ": " + message + " (see '" + name + " --help')");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + message(error));
    if (traced.getAsBoolean()) {
      error.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Tells where the memory has to come from that was too little. */
  static String outOfMemory(OutOfMemoryError error) {
    return "tandem: out of memory ("
        + error.getMessage()
        + "); take less data or smaller batches, or give the JVM more by JAVA_OPTS: -Xmx4g for the"
        + " Java heap, -Dorg.bytedeco.javacpp.maxbytes=16g"
        + " -Dorg.bytedeco.javacpp.maxphysicalbytes=20g for arrays";
  }

  private static String message(Exception error) {
    if (error instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + problem(file); // of its own it says the path alone
    }
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    for (Throwable suppressed : error.getSuppressed()) {
      if (suppressed instanceof WorkerException worker) {
        message += " (" + worker.getMessage() + ")";
      }
    }
    return message.contains("-Dorg.bytedeco.javacpp.") ? message + " (in JAVA_OPTS)" : message;
  }

  private static String problem(FileSystemException error) {
    if (error instanceof NoSuchFileException) {
      return "does not exist, or the folder that it should lie in does not";
    } else if (error instanceof FileAlreadyExistsException) {
      return "is there already, and is not what it should be: a folder";
    } else if (error instanceof AccessDeniedException) {
      return "may not be read or written";
    }
    return error.getClass().getSimpleName();
  }
}
