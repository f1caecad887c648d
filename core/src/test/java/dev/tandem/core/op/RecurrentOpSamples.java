package dev.tandem.core.op;

import static dev.tandem.core.op.SampleArrays.awayFromZero;
import static dev.tandem.core.op.SampleArrays.normal;
import static dev.tandem.core.op.SampleArrays.uniform;

import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.recurrent.CellFunction;
import dev.tandem.core.op.recurrent.GatedCell;
import dev.tandem.core.op.recurrent.LongShortTermCell;
import dev.tandem.core.op.recurrent.Recurrence;
import dev.tandem.core.op.recurrent.RecurrenceForm;
import dev.tandem.core.op.recurrent.RecurrenceGradient;
import dev.tandem.core.op.recurrent.RecurrentCell;
import dev.tandem.core.op.recurrent.SimpleCell;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The lines of {@link OpSamples} that go along sequences. */
public final class RecurrentOpSamples {

  private static final int BATCH = 2;
  private static final int TIME = 2;
  private static final int UNITS = 2;
  private static final CellFunction TANH = ActivationOps::tanh;
  private static final CellFunction SIGMOID = ActivationOps::sigmoid;

  private RecurrentOpSamples() {}

  /** Every cell with all that can be given, and one with nothing. */
  public static List<RecurrenceForm> forms() {
    return forms(UNITS);
  }

  /** The same of some size. */
  public static List<RecurrenceForm> forms(int units) {
    List<RecurrenceForm> forms = new ArrayList<>();
    for (RecurrentCell cell :
        List.of(
            new SimpleCell(units, TANH),
            new LongShortTermCell(units, TANH, SIGMOID),
            new GatedCell(units, TANH, SIGMOID, true),
            new GatedCell(units, TANH, SIGMOID, false))) {
      forms.add(new RecurrenceForm(cell, true, cell.hasRecurrentBias(), true, true));
    }
    RecurrentCell plain = new LongShortTermCell(units, TANH, SIGMOID);
    forms.add(new RecurrenceForm(plain, false, false, false, false));
    return forms;
  }

  /** Inputs of a recurrence. */
  public static INDArray[] inputs(RecurrenceForm form) {
    return inputs(form, BATCH, TIME);
  }

  /** Inputs of a recurrence for some samples and steps. */
  public static INDArray[] inputs(RecurrenceForm form, long batch, long time) {
    int units = form.cell().units();
    long size = (long) form.cell().gates() * units;
    List<INDArray> inputs = new ArrayList<>();
    inputs.add(normal(131, batch, time, size));
    inputs.add(normal(132, units, size).muli(1 / Math.sqrt(units)));
    if (form.biased()) {
      inputs.add(normal(133, size));
    }
    for (int i = 0; form.started() && i < form.cell().states(); i++) {
      inputs.add(normal(134 + i, batch, units));
    }
    if (form.masked()) {
      inputs.add(awayFromZero(137, batch, time));
    }
    return inputs.toArray(INDArray[]::new);
  }

  private static INDArray[] gradientInputs(RecurrenceForm form, boolean all, boolean last) {
    INDArray[] given = inputs(form);
    List<INDArray> inputs = new ArrayList<>(List.of(given).subList(1, given.length));
    for (int i = 0; i < form.cell().states(); i++) {
      inputs.add(uniform(141 + i, BATCH, TIME, UNITS));
    }
    for (int parts : form.cell().kept()) {
      inputs.add(uniform(143 + parts, BATCH, TIME, (long) parts * UNITS));
    }
    if (all) {
      inputs.add(normal(151, BATCH, TIME, UNITS));
    }
    for (int i = 0; last && i < form.cell().states(); i++) {
      inputs.add(normal(152 + i, BATCH, UNITS));
    }
    return inputs.toArray(INDArray[]::new);
  }

  static List<OpSample> all() {
    List<OpSample> samples = new ArrayList<>();
    for (RecurrenceForm form : forms()) {
      samples.add(OpSample.of(new Recurrence(form), inputs(form)));
      boolean last = form.started();
      samples.add(
          OpSample.of(new RecurrenceGradient(form, true, last), gradientInputs(form, true, last)));
    }
    return samples;
  }
}
