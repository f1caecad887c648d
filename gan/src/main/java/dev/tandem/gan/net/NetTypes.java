package dev.tandem.gan.net;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The designs of nets by the names under which files know them, which never change. */
public final class NetTypes {

  private static final Map<String, Class<? extends Record>> TYPES = new TreeMap<>();
  private static final Map<Class<?>, Record> USUAL = new HashMap<>();

  static {
    put("dcgan_generator", new DcganPart.Generator(28, 1, 64));
    put("dcgan_plain_generator", new DcganPart.PlainGenerator(28, 1, 64));
    put("dcgan_class_generator", new DcganPart.ClassGenerator(28, 1, 64, 10));
    put("dcgan_discriminator", new DcganPart.Discriminator(28, 1, 64, Norm.NONE, 1));
    put("dcgan_critic", new DcganPart.Critic(28, 1, 64));
    put("dcgan_spectral_discriminator", new DcganPart.SpectralDiscriminator(28, 1, 64));
    put("dcgan_projection_discriminator", new DcganPart.ProjectionDiscriminator(28, 1, 64, 10));
    put("dcgan_auxiliary_discriminator", new DcganPart.AuxiliaryDiscriminator(28, 1, 64, 10));
    put("point_generator", new PointPart.Generator(2));
    put("point_plain_generator", new PointPart.PlainGenerator(2));
    put("point_class_generator", new PointPart.ClassGenerator(2, 10));
    put("point_discriminator", new PointPart.Discriminator(2, 1));
    put("point_critic", new PointPart.Critic(2));
    put("point_spectral_discriminator", new PointPart.SpectralDiscriminator(2));
    put("point_projection_discriminator", new PointPart.ProjectionDiscriminator(2, 10));
    put("point_auxiliary_discriminator", new PointPart.AuxiliaryDiscriminator(2, 10));
    put("point_translator", new PointTranslator(2, 2));
    put("resnet_gan_generator", new ResNetGanPart.Generator(32, 3, 128, 64, 0, false));
    put("resnet_gan_discriminator", new ResNetGanPart.Discriminator(32, 3, 64, 0, false));
    put("stylegan2_generator", new StyleGan2Part.Generator(32, 3, 64, 32, 4));
    put("stylegan2_discriminator", new StyleGan2Part.Discriminator(32, 3, 32));
    put("resnet_translator", ResNetGenerator.sized(32, 32, 3, 3));
    put("unet", UNet.sized(32, 32, 3, 3));
    put("patch_gan", PatchGan.sized(32, 32, 3));
  }

  private NetTypes() {}

  private static <T extends Record & NetDesign> void put(String name, T usual) {
    TYPES.put(name, usual.getClass());
    USUAL.put(usual.getClass(), usual);
  }

  /**
   * Adds a design of a user's own. Its components are numbers, truth values, texts, enums and lists
   * of these. Those named size, height, width, channels, channelsIn, channelsOut, classes, latent
   * and packing follow from the data and the pair where a file leaves them out.
   *
   * @param name how files call it, for ever
   * @throws IllegalStateException if the name or the class is registered already
   */
  public static <T extends Record & NetDesign> void register(String name, Class<T> type) {
    synchronized (TYPES) {
      if (TYPES.containsKey(name) || TYPES.containsValue(type)) {
        throw new IllegalStateException("\"" + name + "\" or " + type + " is registered already");
      }
      TYPES.put(name, type);
    }
  }

  /** Record types by name, each a {@link NetDesign}. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    synchronized (TYPES) {
      return ImmutableSortedMap.copyOf(TYPES);
    }
  }

  /** A design of a type with the usual numbers, if there are such. */
  public static Optional<Record> usual(Class<?> type) {
    return Optional.ofNullable(USUAL.get(type));
  }
}
