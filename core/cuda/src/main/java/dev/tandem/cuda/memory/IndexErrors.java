package dev.tandem.cuda.memory;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.pass.Views;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.TableOp;
import dev.tandem.core.op.samediff.NativeIndices;
import dev.tandem.core.tensor.IndexScan;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a plan's calls say about indices outside their tables. What is fed is looked at on the host,
 * before a run; what the card computes, by the kernels that read it: each of their calls has two
 * words, the place of the first such index with either half of it.
 */
public final class IndexErrors {

  private static final long WORDS = 2;
  private static final long HALF = 0xFFFFFFFFL;

  private final Device device;
  private final Map<OpCall, Integer> calls = new LinkedHashMap<>();
  private final SetMultimap<String, OpCall> fed = LinkedHashMultimap.create();
  private final Map<OpCall, IllegalArgumentException> refused = new LinkedHashMap<>();
  private final INDArray words;
  private final long address;

  /** Words without errors. */
  IndexErrors(TaskPlan plan, Holding holding) {
    this.device = holding.device();
    plan.setup().forEach(this::add);
    plan.tasks().forEach(this::add);
    this.words =
        holding.array(new TensorSpec(Shape.of(Math.max(1, calls.size()) * WORDS), DataType.INT64));
    this.address = calls.isEmpty() ? 0 : holding.allocate(words.length() * Long.BYTES);
    clear();
  }

  private void add(Task task) {
    OpCall call = task.call();
    if (call.op() instanceof TableOp op && !calls.containsKey(call)) {
      calls.put(call, calls.size());
      Value indices = call.inputs().get(op.indices());
      while (Views.isView(indices.call()) && indices.call().inputs().size() == 1) {
        indices = indices.call().inputs().get(0);
      }
      if (indices.call().op() instanceof Feed feed && isWhole(call, indices)) {
        fed.put(feed.label(), call);
      }
    }
  }

  private static boolean isWhole(OpCall call, Value feed) {
    int indices = ((TableOp) call.op()).indices();
    return call.inputs().get(indices).shape().length() == feed.shape().length();
  }

  private void clear() {
    if (calls.isEmpty()) {
      return;
    }
    words.assign(-1);
    device.upload(words.data().addressPointer(), address, words.length() * Long.BYTES);
  }

  /** Where a call writes; 0 if it has no indices. */
  long address(OpCall call) {
    Integer number = calls.get(call);
    return number == null ? 0 : address + number * WORDS * Long.BYTES;
  }

  /** Where what the card finds begins. */
  long address() {
    return address;
  }

  /** How many words the card may write, which are −1 else: none if all indices are fed. */
  int computedWords() {
    return calls.size() > fed.size() ? Math.toIntExact(calls.size() * WORDS) : 0;
  }

  /** Looks at what is fed; a run refuses it. */
  public void feed(String name, INDArray values) {
    for (OpCall call : fed.get(name)) {
      refused.remove(call);
      long at = new IndexScan(values, ((TableOp) call.op()).rows(call)).firstOutside();
      if (at >= 0) {
        long index = values.dup('c').reshape(values.length()).getLong(at);
        refused.put(call, outside(call, index, at));
      }
    }
  }

  /**
   * Lets a run begin.
   *
   * @throws IllegalArgumentException if an index that is fed is outside its table
   */
  public void requireFed() {
    if (!refused.isEmpty()) {
      throw refused.values().iterator().next();
    }
  }

  /**
   * Waits for the card and refuses what it computed.
   *
   * @throws IllegalArgumentException if an index was outside its table: the first of the first call
   */
  public void requireComputed() {
    if (calls.size() > fed.size()) {
      require();
    }
  }

  private void require() {
    device.download(address, words.data().addressPointer(), words.length() * Long.BYTES);
    for (Map.Entry<OpCall, Integer> call : calls.entrySet()) {
      long low = words.getLong(call.getValue() * WORDS);
      long high = words.getLong(call.getValue() * WORDS + 1);
      if (low != -1 || high != -1) {
        clear();
        throw outside(
            call.getKey(), (high & HALF) << Integer.SIZE | low & HALF, low >>> Integer.SIZE);
      }
    }
  }

  private static IllegalArgumentException outside(OpCall call, long index, long at) {
    TableOp op = (TableOp) call.op();
    return NativeIndices.outside(
        op.opName(),
        call.origin(),
        index,
        at,
        call.inputs().get(op.indices()).shape(),
        op.rows(call));
  }
}
