package dev.tandem.core.semantics;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Trainer;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * A program that alternates a GAN in the classic way and then takes steps of a frozen model, to be
 * run in a JVM of its own: a log that prints is chosen when the first logger is made.
 */
public final class LoggedSteps {

  private LoggedSteps() {}

  /** Prints what is done, between what is logged. */
  public static void main(String[] arguments) {
    ScalarGan gan = new ScalarGan();
    Trainer judge = gan.compile(gan.discriminator, new PlanEngine());
    gan.discriminator.setTrainable(false);
    Trainer forger = gan.compile(gan.combined, new PlanEngine());
    for (int i = 0; i < 3; i++) {
      gan.judge(judge);
      gan.forge(forger);
    }
    System.out.println("alternated " + judge.steps() + " times");

    Model still = Model.sequential("still", Input.of("x", 1), Toys.times("w", 3));
    still.setTrainable(false);
    Trainer trainer = still.compile(Toys.descent(new PlanEngine(), 0.1));
    for (int i = 0; i < 3; i++) {
      System.out.println("loss " + Toys.step(trainer, 1, 1));
    }

    Model norm =
        Model.sequential("statistics", Input.of("x", 1), BatchNormalization.of().named("bn"));
    norm.compile(Toys.descent(new PlanEngine(), 0.1).selecting(weight -> !weight.isParameter()));
  }

  /** Prints what this library logs. */
  public static final class Printing implements SLF4JServiceProvider {

    private static final class PrintingLogger extends LegacyAbstractLogger {

      private static final long serialVersionUID = 1;

      PrintingLogger(String name) {
        this.name = name;
      }

      @Override
      public boolean isTraceEnabled() {
        return false;
      }

      @Override
      public boolean isDebugEnabled() {
        return false;
      }

      @Override
      public boolean isInfoEnabled() {
        return name.startsWith("dev.tandem");
      }

      @Override
      public boolean isWarnEnabled() {
        return isInfoEnabled();
      }

      @Override
      public boolean isErrorEnabled() {
        return isInfoEnabled();
      }

      @Override
      protected String getFullyQualifiedCallerName() {
        return getClass().getName();
      }

      @Override
      protected void handleNormalizedLoggingCall(
          Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        System.out.println(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
      }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
      return PrintingLogger::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
      return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
      return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
      return "2.0.99";
    }

    @Override
    public void initialize() {}
  }
}
