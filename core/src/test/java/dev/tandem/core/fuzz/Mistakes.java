package dev.tandem.core.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What people feed by mistake: each has to be refused in words, and to change nothing. */
enum Mistakes {
  NAN_INPUT {
    @Override
    boolean make(Case c, Feed feed) {
      return feed.spoil(Double.NaN);
    }
  },
  INFINITE_INPUT {
    @Override
    boolean make(Case c, Feed feed) {
      return feed.spoil(
          feed.random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
  },
  NAN_TARGET {
    @Override
    boolean make(Case c, Feed feed) {
      if (c.aim() == Aims.CLASSES) {
        return false;
      }
      feed.target.putScalar(feed.random.nextInt((int) feed.target.length()), Double.NaN);
      return true;
    }
  },
  CLASS_OUT_OF_RANGE {
    @Override
    boolean make(Case c, Feed feed) {
      if (c.aim() != Aims.CLASSES) {
        return false;
      }
      int classes = c.net().outputs();
      feed.target.putScalar(feed.random.nextInt((int) feed.target.length()), feed.outside(classes));
      return true;
    }
  },
  INDEX_OUT_OF_RANGE {
    @Override
    boolean make(Case c, Feed feed) {
      INDArray numbers = feed.inputs.get("numbers");
      if (numbers == null) {
        return false;
      }
      numbers.putScalar(feed.random.nextInt((int) numbers.length()), feed.outside(c.net().table()));
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  },
  ONE_AXIS_LONGER {
    @Override
    boolean make(Case c, Feed feed) {
      feed.replace(
          array -> {
            long[] shape = array.shape().clone();
            shape[1 + feed.random.nextInt(shape.length - 1)]++;
            return Nd4j.zeros(array.dataType(), shape);
          });
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  },
  ONE_AXIS_MORE {
    @Override
    boolean make(Case c, Feed feed) {
      feed.replace(
          array -> {
            long[] shape = Arrays.copyOf(array.shape(), array.rank() + 1);
            shape[array.rank()] = 1;
            return array.reshape(shape);
          });
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  },
  NO_ROWS {
    @Override
    boolean make(Case c, Feed feed) {
      feed.replace(
          array -> {
            long[] shape = array.shape().clone();
            shape[0] = 0;
            return Nd4j.create(array.dataType(), shape);
          });
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  },
  OTHER_TYPE {
    @Override
    boolean make(Case c, Feed feed) {
      feed.replace(
          array ->
              array.castTo(
                  array.dataType() == DataType.DOUBLE || array.dataType() == DataType.INT32
                      ? DataType.FLOAT
                      : DataType.DOUBLE));
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  },
  MORE_ROWS_OF_TARGETS {
    @Override
    boolean make(Case c, Feed feed) {
      feed.target = Nd4j.concat(0, feed.target, feed.target);
      return true;
    }
  },
  NO_ARRAY {
    @Override
    boolean make(Case c, Feed feed) {
      feed.replace(array -> null);
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  },
  UNKNOWN_NAME {
    @Override
    boolean make(Case c, Feed feed) {
      feed.inputs.put("nobody", Nd4j.zeros(1, 1));
      return true;
    }

    @Override
    boolean concernsPrediction() {
      return true;
    }
  };

  /** Arrays that may be spoiled. */
  static final class Feed {

    final Random random;
    final Map<String, INDArray> inputs;
    INDArray target;

    Feed(Case c, int batch) {
      random = c.random();
      inputs = new LinkedHashMap<>(c.inputs(batch));
      target = c.target(batch);
    }

    private boolean spoil(double value) {
      List<INDArray> numbers = new ArrayList<>(inputs.values());
      numbers.removeIf(array -> array.dataType() == DataType.INT32);
      if (numbers.isEmpty()) {
        return false;
      }
      INDArray array = numbers.get(random.nextInt(numbers.size()));
      array.putScalar(random.nextInt((int) array.length()), value);
      return true;
    }

    private int outside(int size) {
      int[] candidates = {
        size, -1, size + 1, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE, -size
      };
      return candidates[random.nextInt(candidates.length)];
    }

    private void replace(java.util.function.UnaryOperator<INDArray> change) {
      List<String> names = new ArrayList<>(inputs.keySet());
      String name = names.get(random.nextInt(names.size()));
      inputs.put(name, change.apply(inputs.get(name)));
    }
  }

  /** Spoils a feed; false where the net has no place for this mistake. */
  abstract boolean make(Case c, Feed feed);

  /** Whether a predictor has to refuse it as well. */
  boolean concernsPrediction() {
    return false;
  }
}
