package dev.tandem.onnx;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.primitives.Floats;
import com.google.common.primitives.Longs;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.io.ArrayMemory;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.protobuf.ByteString;

/**
 * The tensors that a file holds: weights, in the order of axes that ONNX wants, what follows from
 * weights alone, and numbers.
 */
final class FixedTensors {

  /**
   * A value as it is held.
   *
   * @param value computed from weights and constants alone
   * @param axes its axes in their order there; empty if it stays as it is
   * @param shape its sizes afterwards
   */
  private record Held(Value value, List<Integer> axes, List<Long> shape) {}

  private final ImmutableBiMap<Variable, String> paths;
  private final UniqueNames names;
  private final Map<Held, String> held = new LinkedHashMap<>();
  private final Map<String, String> numbers = new HashMap<>();
  private final List<TensorProto> small = new ArrayList<>();

  FixedTensors(ImmutableBiMap<Variable, String> paths, UniqueNames names) {
    this.paths = paths;
    this.names = names;
  }

  /** A value with its axes in another order and then of another shape. */
  String of(Value value, List<Integer> axes, List<Long> shape) {
    return held.computeIfAbsent(new Held(value, axes, shape), key -> names.of(wanted(value)));
  }

  /** A value as it is. */
  String of(Value value) {
    return of(value, List.of(), sizes(value));
  }

  static List<Long> sizes(Value value) {
    return Longs.asList(value.shape().toArray());
  }

  /** The path of a weight, also for what was made of it alone and looks like it. */
  private String wanted(Value value) {
    return weight(value)
        .map(variable -> Objects.requireNonNull(paths.get(variable)))
        .orElseGet(() -> NetWriter.label(value.call()) + "/constant");
  }

  private Optional<Variable> weight(Value value) {
    Map<String, Value> only = Map.of("value", value);
    List<Variable> alike =
        OpGraph.of(only, List.of()).calls().stream()
            .map(OpCall::op)
            .filter(Read.class::isInstance)
            .map(op -> ((Read) op).variable())
            .filter(variable -> variable.spec().equals(value.spec()))
            .filter(paths::containsKey)
            .toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  /** One number, without axes. */
  String number(double value, DataType type) {
    String label = "number/" + value + (type == DataType.FLOAT ? "" : "_" + type.name());
    return numbers.computeIfAbsent(
        label,
        wanted -> {
          String name = names.of(wanted);
          small.add(tensor(name, Nd4j.scalar(type, value), List.of()));
          return name;
        });
  }

  /** One number again and again, along one axis. */
  String repeated(double value, long times, DataType type) {
    String label = "number/" + value + "_" + times + "_times_" + type.name();
    return numbers.computeIfAbsent(
        label,
        wanted -> {
          String name = names.of(wanted);
          INDArray array = Nd4j.createUninitialized(type, times).assign(value);
          small.add(tensor(name, array, List.of(times)));
          return name;
        });
  }

  /** Whole numbers, for axes and shapes. */
  String integers(List<Long> values) {
    String label =
        "integers/" + values.stream().map(String::valueOf).collect(Collectors.joining("_"));
    return numbers.computeIfAbsent(
        label,
        wanted -> {
          String name = names.of(wanted);
          TensorProto.Builder tensor = builder(name, DataType.INT64, List.of((long) values.size()));
          ByteBuffer bytes = ByteBuffer.allocate(8 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
          values.forEach(bytes::putLong);
          small.add(tensor.setRawData(ByteString.copyFrom(bytes.flip())).build());
          return name;
        });
  }

  /** Float32 numbers. */
  String reals(float... values) {
    return numbers.computeIfAbsent(
        "numbers/" + Floats.join("_", values),
        wanted -> {
          String name = names.of(wanted);
          small.add(tensor(name, Nd4j.createFromArray(values), List.of((long) values.length)));
          return name;
        });
  }

  /** The number of bytes of all values. */
  long bytes() {
    return held.keySet().stream()
        .mapToLong(key -> key.value().shape().length() * key.value().dtype().width())
        .sum();
  }

  /** All tensors, with what the weights hold now. */
  List<TensorProto> tensors() {
    List<TensorProto> all = new ArrayList<>(small);
    Map<String, Value> computed = new LinkedHashMap<>();
    for (Held key : held.keySet()) {
      if (stored(key.value()).isEmpty() && !computed.containsValue(key.value())) {
        computed.put("value" + computed.size(), key.value());
      }
    }
    Map<Value, INDArray> results = compute(computed);
    held.forEach(
        (key, name) -> {
          INDArray array =
              stored(key.value()).orElseGet(() -> Objects.requireNonNull(results.get(key.value())));
          all.add(tensor(name, turned(array, key.axes()), key.shape()));
        });
    return all;
  }

  private static Map<Value, INDArray> compute(Map<String, Value> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    try (Program program = new PlanEngine().prepare(OpGraph.of(wanted, List.of()))) {
      program.run(0, 0);
      Map<Value, INDArray> results = new HashMap<>();
      wanted.forEach((name, value) -> results.put(value, program.output(name).dup('c')));
      return results;
    }
  }

  private static Optional<INDArray> stored(Value value) {
    if (value.call().op() instanceof Read read) {
      return Optional.of(read.variable().read());
    }
    if (value.call().op() instanceof Constant constant) {
      return Optional.of(constant.array());
    }
    if (value.call().op() instanceof Fill fill) {
      return Optional.of(
          Nd4j.createUninitialized(fill.spec().dtype(), fill.spec().shape().toArray(), 'c')
              .assign(fill.number()));
    }
    return Optional.empty();
  }

  private static INDArray turned(INDArray array, List<Integer> axes) {
    return axes.isEmpty() ? array : array.permute(axes.stream().mapToInt(axis -> axis).toArray());
  }

  private static TensorProto.Builder builder(String name, DataType type, List<Long> shape) {
    return TensorProto.newBuilder().setName(name).setDataType(Types.number(type)).addAllDims(shape);
  }

  private static TensorProto tensor(String name, INDArray array, List<Long> shape) {
    INDArray values = array.dup('c');
    return builder(name, array.dataType(), shape).setRawData(bytes(values)).build();
  }

  /** The elements, the least byte first. */
  private static ByteString bytes(INDArray values) {
    ByteString.Output out = ByteString.newOutput();
    try {
      ArrayMemory.copy(values, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written to a file yet
    }
    return out.toByteString();
  }
}
