package dev.tandem.gan.config;

import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Auxiliary;
import dev.tandem.gan.conditioning.Classes;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.NetDesign;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.UNet;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The numbers of nets that follow from the samples and from the other settings of a pair.
 *
 * @param sample the shape of a sample
 * @param classes that the data has, if it has any
 * @param latent of the generator
 * @param conditioning of the pair
 * @param packing of the pair
 */
record PairNumbers(
    Shape sample, OptionalInt classes, Latent latent, Conditioning conditioning, int packing)
    implements Derived {

  @Override
  public Optional<Object> value(String path, Class<?> type, String component) {
    if (NetDesign.class.isAssignableFrom(type)) {
      return ofNet(path.contains("discriminator") || path.contains("judge"), type, component);
    }
    return ofData(classes, type, component);
  }

  /** The classes of a conditioning, where they are those of the data. */
  static Optional<Object> ofData(OptionalInt classes, Class<?> type, String component) {
    return component.equals("classes")
            && (type == Classes.class || type == Auxiliary.class)
            && classes.isPresent()
        ? Optional.of(classes.getAsInt())
        : Optional.empty();
  }

  private Optional<Object> ofNet(boolean judges, Class<?> type, String component) {
    boolean points = sample.rank() == 1;
    int channels = axis(-1);
    int seen = conditioning instanceof Translation ? 2 : packing;
    boolean packs = RecordMapping.components(type).containsKey("packing");
    return Optional.ofNullable(
        switch (component) {
          case "size", "height" -> axis(0);
          case "width" -> points ? null : (Integer) axis(1);
          case "channels" -> judges && !packs ? channels * seen : channels;
          case "channelsIn", "channelsOut" -> channels;
          case "inputs" -> judges ? channels * seen : channels;
          case "outputs" -> judges ? 1 : channels;
          case "classes" -> conditioning.classes();
          case "packing" -> packing;
          case "latent" ->
              latent.shape().rank() == 1 ? (Integer) (int) latent.shape().size(0) : null;
          case "depth" ->
              type == UNet.class && !points ? UNet.sized(axis(0), axis(1), 1, 1).depth() : null;
          case "layers" ->
              type == PatchGan.class && !points
                  ? PatchGan.sized(axis(0), axis(1), 1).layers()
                  : null;
          default -> null;
        });
  }

  private int axis(int axis) {
    return (int) sample.size(axis);
  }
}
