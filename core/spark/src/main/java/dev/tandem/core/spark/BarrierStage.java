package dev.tandem.core.spark;

import com.google.common.collect.ImmutableList;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** A stage whose tasks all run at the same time, or not at all. Spark's interface is Scala's. */
final class BarrierStage {

  /** What each of them does. */
  interface Task<T> extends Serializable {
    T run(BarrierTaskContext context);
  }

  private BarrierStage() {}

  /**
   * Runs tasks and waits for them.
   *
   * @return what each gives, by the number of its partition
   */
  static <T> ImmutableList<T> run(JavaSparkContext spark, int count, Task<T> task) {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      ranks.add(rank);
    }
    ClassTag<T> tag = tag();
    RDD<T> results =
        spark
            .parallelize(ranks, count)
            .rdd()
            .barrier()
            .mapPartitions(new Partition<>(task), false, tag);
    return ImmutableList.copyOf(new JavaRDD<>(results, tag).collect());
  }

  @SuppressWarnings("unchecked")
  private static <T> ClassTag<T> tag() {
    return (ClassTag<T>) (ClassTag<?>) ClassTag$.MODULE$.AnyRef();
  }

  private static final class Partition<T> extends AbstractFunction1<Iterator<Integer>, Iterator<T>>
      implements Serializable {

    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a task is serializable, though this compiler does not see it
    private final Task<T> task;

    Partition(Task<T> task) {
      this.task = task;
    }

    @Override
    public Iterator<T> apply(Iterator<Integer> rank) {
      return CollectionConverters.asScala(List.of(task.run(BarrierTaskContext.get())).iterator());
    }
  }
}
