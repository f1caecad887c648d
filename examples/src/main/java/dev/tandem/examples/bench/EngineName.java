package dev.tandem.examples.bench;

import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Engines;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of an engine on the command line. */
final class EngineName implements ITypeConverter<Engine> {

  @Override
  public Engine convert(String name) {
    try {
      return Engines.named(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
