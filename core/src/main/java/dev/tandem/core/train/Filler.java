package dev.tandem.core.train;

import dev.tandem.core.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fills batches up with copies of their last sample, in arrays that it keeps for each size. */
final class Filler {

  private record Place(int port, long size) {}

  private final StepInputs ports;
  private final Map<Place, INDArray> arrays = new HashMap<>();

  Filler(StepInputs ports) {
    this.ports = ports;
  }

  /** The samples, and their last one as often as it takes to make so many. */
  ValidatedExamples fillUp(ValidatedExamples few, long size) {
    ValidatedExamples filled = new ValidatedExamples(ports);
    for (StepInput port : ports.all()) {
      INDArray array = few.get(port);
      if (array != null) {
        boolean batched = port.spec() == null || !port.spec().shape().isConcrete();
        filled.put(port, batched ? filledUp(port, array, size) : array);
      }
    }
    return filled;
  }

  private INDArray filledUp(StepInput port, INDArray array, long size) {
    INDArray whole =
        arrays.computeIfAbsent(
            new Place(port.index(), size),
            place ->
                Nd4j.createUninitializedDetached(
                    array.dataType(), 'c', Shape.of(array.shape()).with(0, size).toArray()));
    long samples = array.size(0);
    SampleRows.of(whole, 0, samples).assign(array);
    // twice as many rows each time: one row assigned to several leaves some of them as they were
    SampleRows.of(whole, samples, samples + 1).assign(SampleRows.of(array, samples - 1, samples));
    for (long done = 1; done < size - samples; done *= 2) {
      long more = Math.min(done, size - samples - done);
      SampleRows.of(whole, samples + done, samples + done + more)
          .assign(SampleRows.of(whole, samples, samples + more));
    }
    return whole;
  }

  /** Forgets the arrays. */
  void close() {
    arrays.clear();
  }
}
