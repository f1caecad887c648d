package dev.tandem.core.samediff;

import dev.tandem.core.op.samediff.CheckedSession;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A SameDiff session that does not grow: it uses its arrays again. */
final class Session extends CheckedSession implements AutoCloseable {

  private final ArrayPool pool = new ArrayPool();

  Session(SameDiff sd) {
    super(sd);
    setMmgr(pool);
  }

  @Override
  public Map<String, INDArray> run(List<String> names, Map<String, INDArray> placeholders) {
    pool.releaseAll();
    return super.run(names, placeholders);
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    pool.close();
  }
}
