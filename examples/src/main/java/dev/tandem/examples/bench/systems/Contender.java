package dev.tandem.examples.bench.systems;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Locale;

/** A system that takes the steps. */
public enum Contender {
  /** This library with its own engine. */
  TANDEM("tandem") {
    @Override
    public Workload make(Task task) {
      return TandemWorkload.of(task, new PlanEngine());
    }
  },
  /** The same trainers, run by SameDiff's own session. */
  TANDEM_ON_SAMEDIFF("tandem+samediff") {
    @Override
    public Workload make(Task task) {
      return TandemWorkload.of(task, new SameDiffEngine());
    }
  },
  /** SameDiff alone: its gradients and updaters, as its users write it. */
  SAMEDIFF("samediff") {
    @Override
    public boolean takes(Task task) {
      return task == Task.MLP || task == Task.RING || task == Task.DCGAN28;
    }

    @Override
    public Workload make(Task task) {
      return task == Task.MLP ? new SameDiffMlp() : SameDiffGan.of(task);
    }
  };

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** This library with its own engine, or with SameDiff's. */
  public static Contender of(Engine engine) {
    return engine instanceof SameDiffEngine ? TANDEM_ON_SAMEDIFF : TANDEM;
  }

  /** Its name in reports. */
  public String label() {
    return label;
  }

  /** Whether it can do a task. */
  public boolean takes(Task task) {
    return true;
  }

  /** Builds nets and data and whatever the steps need. */
  public abstract Workload make(Task task);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
