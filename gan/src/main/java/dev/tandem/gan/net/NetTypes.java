package dev.tandem.gan.net;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.TreeMap;

/** The designs of nets by the names under which files know them, which never change. */
public final class NetTypes {

  private static final Map<String, Class<? extends Record>> TYPES = new TreeMap<>();

  static {
    put("dcgan_generator", DcganPart.Generator.class);
    put("dcgan_plain_generator", DcganPart.PlainGenerator.class);
    put("dcgan_class_generator", DcganPart.ClassGenerator.class);
    put("dcgan_discriminator", DcganPart.Discriminator.class);
    put("dcgan_critic", DcganPart.Critic.class);
    put("dcgan_spectral_discriminator", DcganPart.SpectralDiscriminator.class);
    put("dcgan_projection_discriminator", DcganPart.ProjectionDiscriminator.class);
    put("dcgan_auxiliary_discriminator", DcganPart.AuxiliaryDiscriminator.class);
    put("point_generator", PointPart.Generator.class);
    put("point_plain_generator", PointPart.PlainGenerator.class);
    put("point_class_generator", PointPart.ClassGenerator.class);
    put("point_discriminator", PointPart.Discriminator.class);
    put("point_critic", PointPart.Critic.class);
    put("point_spectral_discriminator", PointPart.SpectralDiscriminator.class);
    put("point_projection_discriminator", PointPart.ProjectionDiscriminator.class);
    put("point_auxiliary_discriminator", PointPart.AuxiliaryDiscriminator.class);
    put("point_translator", PointTranslator.class);
    put("resnet_gan_generator", ResNetGanPart.Generator.class);
    put("resnet_gan_discriminator", ResNetGanPart.Discriminator.class);
    put("stylegan2_generator", StyleGan2Part.Generator.class);
    put("stylegan2_discriminator", StyleGan2Part.Discriminator.class);
    put("resnet_translator", ResNetGenerator.class);
    put("unet", UNet.class);
    put("patch_gan", PatchGan.class);
  }

  private NetTypes() {}

  private static <T extends Record & NetDesign> void put(String name, Class<T> type) {
    TYPES.put(name, type);
  }

  /**
   * Adds a design of a user's own. Its components are numbers, truth values, texts, enums and lists
   * of these; some names stand for what data say where a file does not: size, height, width,
   * channels, classes, latent, packing.
   *
   * @param name how files call it, for ever
   * @throws IllegalStateException if the name or the class is registered already
   */
  public static <T extends Record & NetDesign> void register(String name, Class<T> type) {
    synchronized (TYPES) {
      if (TYPES.containsKey(name) || TYPES.containsValue(type)) {
        throw new IllegalStateException("\"" + name + "\" or " + type + " is registered already");
      }
      put(name, type);
    }
  }

  /** Record types by name, each a {@link NetDesign}. */
  public static ImmutableMap<String, Class<? extends Record>> all() {
    synchronized (TYPES) {
      return ImmutableSortedMap.copyOf(TYPES);
    }
  }
}
