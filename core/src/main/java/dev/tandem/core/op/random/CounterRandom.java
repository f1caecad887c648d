package dev.tandem.core.op.random;

import static dev.tandem.core.tensor.SplitMix64.GAMMA;
import static dev.tandem.core.tensor.SplitMix64.mix;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Random numbers as a function of a key and a position: no state, so that any step can be replayed.
 *
 * <p>The n-th number of a key is {@code mix(key + n · 0x9E3779B97F4A7C15)}, SplitMix64 (Steele,
 * Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014) read at a position.
 * Normal numbers are its uniform ones through Wichura's inverse of the normal distribution
 * (algorithm AS 241, PPND16, Applied Statistics 37, 1988).
 *
 * @param key the stream
 */
public record CounterRandom(long key) {

  /** Odd, so that no two counters of one place meet. */
  private static final long MULTIPLIER = 0xD1342543DE82EF95L;

  /** The stream of a seed and any number of counters, such as (step, stream). */
  public static CounterRandom of(long seed, long... counters) {
    long key = mix(seed + GAMMA);
    for (long counter : counters) {
      key = mix(key + counter * MULTIPLIER);
    }
    return new CounterRandom(key);
  }

  /** A seed for a name: the same for equal names. */
  public static long seedOf(String name) {
    long seed = 0;
    for (int i = 0; i < name.length(); i++) {
      seed = mix(seed + GAMMA + name.charAt(i));
    }
    return seed;
  }

  /** The 64 random bits at a position. */
  public long bits(long position) {
    return mix(key + position * GAMMA);
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  public double uniform(long position) {
    return (bits(position) >>> 11) * 0x1.0p-53;
  }

  /** A standard normal number, from 52 random bits: the probability is never rounded to 1. */
  public double normal(long position) {
    return NormalQuantile.of(((bits(position) >>> 12) + 0.5) * 0x1.0p-52);
  }

  /** Fills a 'c' array with uniform numbers in [0, 1); float32 takes 24 bits. */
  public void uniform(INDArray array) {
    uniforms(array).accept(this);
  }

  /** Fills a 'c' array with standard normal numbers. */
  public void normal(INDArray array) {
    normals(array).accept(this);
  }

  /** Fills one array with {@link #uniform} numbers of any stream, again and again. */
  public static Consumer<CounterRandom> uniforms(INDArray array) {
    int length = Math.toIntExact(array.length());
    if (array.dataType() == DataType.FLOAT) {
      FloatBuffer floats = floats(array);
      return random -> {
        for (int i = 0; i < length; i++) {
          floats.put(i, (random.bits(i) >>> 40) * 0x1.0p-24f);
        }
      };
    }
    DoubleBuffer doubles = doubles(array);
    return random -> {
      for (int i = 0; i < length; i++) {
        doubles.put(i, random.uniform(i));
      }
    };
  }

  /** Fills one array with {@link #normal} numbers of any stream, again and again. */
  public static Consumer<CounterRandom> normals(INDArray array) {
    int length = Math.toIntExact(array.length());
    if (array.dataType() == DataType.FLOAT) {
      FloatBuffer floats = floats(array);
      return random -> {
        for (int i = 0; i < length; i++) {
          floats.put(i, (float) random.normal(i));
        }
      };
    }
    DoubleBuffer doubles = doubles(array);
    return random -> {
      for (int i = 0; i < length; i++) {
        doubles.put(i, random.normal(i));
      }
    };
  }

  /** The array's memory, also where the array is a view. */
  private static FloatBuffer floats(INDArray array) {
    FloatPointer pointer = (FloatPointer) array.data().addressPointer();
    return pointer.capacity(array.length()).asByteBuffer().asFloatBuffer();
  }

  private static DoubleBuffer doubles(INDArray array) {
    DoublePointer pointer = (DoublePointer) array.data().addressPointer();
    return pointer.capacity(array.length()).asByteBuffer().asDoubleBuffer();
  }
}
