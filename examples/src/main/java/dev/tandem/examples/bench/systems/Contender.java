package dev.tandem.examples.bench.systems;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.examples.cli.DeviceChoice;
import java.util.Locale;

/** A system that takes the steps. */
public enum Contender {
  /** This library with its own engine. */
  TANDEM("tandem") {
    @Override
    Engine engine() {
      return new PlanEngine();
    }
  },
  /** The same trainers, run by SameDiff's own session. */
  TANDEM_ON_SAMEDIFF("tandem+samediff") {
    @Override
    Engine engine() {
      return new SameDiffEngine();
    }
  },
  /** The same trainers on an NVIDIA card. */
  TANDEM_ON_CUDA("tandem+cuda") {
    @Override
    Engine engine() {
      return DeviceChoice.of(DeviceChoice.CUDA).engine();
    }
  },
  /** SameDiff alone: its gradients and updaters, as its users write it. */
  SAMEDIFF("samediff") {
    @Override
    public boolean takes(Task task) {
      return task == Task.MLP || task == Task.RING || task == Task.DCGAN28;
    }

    @Override
    Engine engine() {
      return new SameDiffEngine();
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

  /**
   * This library on a device.
   *
   * @param device as in {@link DeviceChoice#name()}
   * @throws IllegalArgumentException if it is none that steps are measured on
   */
  public static Contender of(String device) {
    return switch (device) {
      case DeviceChoice.CPU -> TANDEM;
      case DeviceChoice.CUDA -> TANDEM_ON_CUDA;
      case SameDiffEngine.NAME -> TANDEM_ON_SAMEDIFF;
      default -> throw new IllegalArgumentException("steps are not measured on " + device);
    };
  }

  /** Its name in reports. */
  public String label() {
    return label;
  }

  /** Whether it can do a task. */
  public boolean takes(Task task) {
    return true;
  }

  /** What runs its steps. */
  abstract Engine engine();

  /** Builds nets and data and whatever the steps need. */
  public Workload make(Task task) {
    return make(task, Precision.FLOAT32);
  }

  /**
   * The same in a precision, by trainers of this library.
   *
   * @throws IllegalArgumentException if it is not to be had here
   */
  public Workload make(Task task, Precision precision) {
    return TandemWorkload.of(task, engine(), precision);
  }

  /**
   * Refuses a precision that is not to be had here.
   *
   * @throws IllegalArgumentException if it is not; says why, and what there is
   */
  public void require(Precision precision) {
    if (precision != Precision.FLOAT32) {
      precision.require(engine());
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
