package dev.tandem.core.engine;

import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The type that ND4J gives to arrays of which no type is said. */
public final class DefaultTypes {

  private DefaultTypes() {}

  /** What something makes while another type is the default. */
  public static <T> T under(DataType type, Supplier<T> made) {
    DataType before = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(type, type);
    try {
      return made.get();
    } finally {
      Nd4j.setDefaultDataTypes(before, before);
    }
  }
}
