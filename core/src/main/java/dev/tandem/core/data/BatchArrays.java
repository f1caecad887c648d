package dev.tandem.core.data;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An array of a fixed number of rows for every array of a data set, filled again and again. */
final class BatchArrays {

  private final int size;
  private final List<RowCopier> copiers = new ArrayList<>();
  private final ImmutableMap<String, INDArray> inputs;
  private final ImmutableMap<String, INDArray> targets;

  BatchArrays(Dataset data, int size) {
    this.size = size;
    this.inputs = allocate(data.inputs());
    this.targets = allocate(data.targets());
  }

  Batch fill(int[] order, int first, BatchPosition position) {
    for (int i = 0; i < copiers.size(); i++) {
      copiers.get(i).copy(order, first);
    }
    return new Batch(inputs, targets, size, position);
  }

  private ImmutableMap<String, INDArray> allocate(Map<String, INDArray> sources) {
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    sources.forEach(
        (name, source) -> {
          long[] shape = source.shape().clone();
          shape[0] = size;
          INDArray target = Nd4j.createUninitializedDetached(source.dataType(), 'c', shape);
          copiers.add(new RowCopier(source, target));
          arrays.put(name, target);
        });
    return arrays.build();
  }
}
