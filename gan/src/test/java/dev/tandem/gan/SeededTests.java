package dev.tandem.gan;

import dev.tandem.core.op.random.Seeds;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a seed that follows from its name alone, whatever ran before it. JUnit finds it
 * as a service.
 */
public final class SeededTests implements BeforeEachCallback {

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty(Seeds.PROPERTY, Integer.toString(context.getUniqueId().hashCode()));
  }
}
