package dev.tandem.gan.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Chooses a palette for the pixels of one picture: the box of colors that spreads widest, weighed
 * with its pixels, is cut at the mean of its widest channel until there are as many boxes as colors
 * asked for (after Heckbert's median cut, SIGGRAPH 1982). No more colors than that in the picture
 * are all kept.
 */
final class MeanCut {

  private static final Comparator<Box> WIDEST_FIRST =
      Comparator.comparingDouble(Box::spread).reversed().thenComparingInt(Box::from);

  /** The pixels from one index to another, and their widest channel: 16, 8 or 0 bits up. */
  private record Box(int from, int to, int shift, int range) {

    double spread() {
      return (double) range * range * (to - from);
    }
  }

  private final int[] pixels;

  private MeanCut(int[] pixels) {
    this.pixels = pixels;
  }

  /** At most {@code size} colors {@code 0xRRGGBB} for pixels of the same kind. */
  static int[] palette(int[] pixels, int size) {
    return new MeanCut(pixels.clone()).palette(size);
  }

  private int[] palette(int size) {
    PriorityQueue<Box> boxes = new PriorityQueue<>(WIDEST_FIRST);
    boxes.add(box(0, pixels.length));
    while (boxes.size() < size && boxes.peek().range() > 0) {
      Box box = boxes.remove();
      int cut = partition(box);
      boxes.add(box(box.from(), cut));
      boxes.add(box(cut, box.to()));
    }
    return boxes.stream()
        .sorted(Comparator.comparingInt(Box::from))
        .mapToInt(box -> mean(box, 16) << 16 | mean(box, 8) << 8 | mean(box, 0))
        .toArray();
  }

  private Box box(int from, int to) {
    Box widest = new Box(from, to, 0, -1);
    for (int shift : new int[] {8, 16, 0}) {
      int least = 255;
      int greatest = 0;
      for (int i = from; i < to; i++) {
        int level = pixels[i] >> shift & 0xFF;
        least = Math.min(least, level);
        greatest = Math.max(greatest, level);
      }
      if (greatest - least > widest.range()) {
        widest = new Box(from, to, shift, greatest - least);
      }
    }
    return widest;
  }

  /** Moves the pixels up to the mean of the widest channel to the front; where the others begin. */
  private int partition(Box box) {
    long sum = 0;
    for (int i = box.from(); i < box.to(); i++) {
      sum += pixels[i] >> box.shift() & 0xFF;
    }
    int mean = (int) (sum / (box.to() - box.from()));
    int[] above = new int[box.to() - box.from()];
    int kept = box.from();
    int moved = 0;
    for (int i = box.from(); i < box.to(); i++) {
      if ((pixels[i] >> box.shift() & 0xFF) <= mean) {
        pixels[kept++] = pixels[i];
      } else {
        above[moved++] = pixels[i];
      }
    }
    System.arraycopy(above, 0, pixels, kept, moved);
    return kept;
  }

  private int mean(Box box, int shift) {
    long sum =
        Arrays.stream(pixels, box.from(), box.to())
            .map(p -> p >> shift & 0xFF)
            .asLongStream()
            .sum();
    int count = box.to() - box.from();
    return (int) ((sum + count / 2) / count);
  }
}
