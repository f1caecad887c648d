package dev.tandem.gan.train;

import com.google.common.hash.Hashing;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.train.Trainer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Everything that a run remembers: each array by the hash of its bits, and all counters. */
public final class RunArrays {

  private final Map<String, String> all = new LinkedHashMap<>();

  private RunArrays() {}

  /** The arrays and counters of a trainer by name. */
  public static Map<String, String> of(AdversarialTrainer trainer) {
    RunArrays run = new RunArrays();
    run.add("discriminator", trainer.steps().discriminator());
    run.add("generator", trainer.steps().generator());
    trainer.average().ifPresent(model -> run.add("average", model));
    trainer
        .steps()
        .lazy()
        .forEach((every, lazy) -> run.add("lazy " + every, lazy.trainer().model()));
    run.all.put("counters", trainer.counters().toString());
    run.all.put("position", trainer.position().toString());
    return run.all;
  }

  private void add(String name, Trainer trainer) {
    add(name, trainer.model());
    all.put(name + " steps", Long.toString(trainer.steps()));
    for (Map.Entry<String, Variable> slot : trainer.state().slots().entrySet()) {
      all.put(name + " slot " + slot.getKey(), bits(slot.getValue().array()));
    }
  }

  private void add(String name, Model model) {
    for (Map.Entry<String, Weight> weight : model.weightsByPath().entrySet()) {
      all.put(name + " weight " + weight.getKey(), bits(weight.getValue().variable().array()));
      for (int part = 1; part < weight.getValue().parts(); part++) {
        all.put(
            name + " weight " + weight.getKey() + " of part " + part,
            bits(weight.getValue().part(part).array()));
      }
    }
  }

  private static String bits(INDArray array) {
    DataBuffer buffer = array.dup('c').data();
    float[] values;
    if (buffer.dataType() == DataType.FLOAT) {
      values = new float[Math.toIntExact(array.length())];
      buffer.asNioFloat().get(values); // at once: asFloat() asks for one after the other
    } else {
      values = buffer.asFloat();
    }
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    for (float value : values) {
      bytes.putInt(Float.floatToRawIntBits(value));
    }
    return Hashing.murmur3_128().hashBytes(bytes.flip())
        + " "
        + List.of(array.shapeInfoToString().split("\n")).get(0);
  }
}
