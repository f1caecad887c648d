package dev.tandem.gan.metric;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A net, whoever runs it: from samples to what comes out, by name. */
interface Look extends AutoCloseable {

  /** What comes out for samples (n, …). */
  Map<String, INDArray> at(INDArray samples);

  @Override
  void close();
}
