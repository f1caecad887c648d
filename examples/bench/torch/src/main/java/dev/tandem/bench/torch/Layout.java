package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.BenchData;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How images lie in memory. Shapes are (batch, channels, height, width) in either. */
enum Layout {
  /** libtorch's default. */
  CHANNELS_FIRST("torch") {
    @Override
    Tensor image(Tensor x) {
      return x;
    }
  },
  /** What its convolutions run faster on. */
  CHANNELS_LAST("torch+channelslast") {
    @Override
    Tensor image(Tensor x) {
      return x.contiguous(torch.MemoryFormat.ChannelsLast);
    }
  };

  private final String system;

  Layout(String system) {
    this.system = system;
  }

  /** The system's name with this layout. */
  String system() {
    return system;
  }

  /** An image in this layout. */
  abstract Tensor image(Tensor x);

  /** Java arrays as tensors of their own memory. */
  List<Tensor> tensors(float[][] batches, long... shape) {
    return Arrays.stream(batches)
        .map(values -> AbstractTensor.create(values, shape).clone())
        .toList();
  }

  /** (batch, size, size, channels) arrays as images. */
  List<Tensor> images(float[][] batches, int batch, int size, int channels) {
    float[][] turned = BenchData.channelsFirst(batches, size * size, channels);
    return tensors(turned, batch, channels, size, size).stream().map(this::image).toList();
  }
}
