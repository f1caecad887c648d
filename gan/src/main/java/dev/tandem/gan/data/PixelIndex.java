package dev.tandem.gan.data;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;

/**
 * What a file of pixels says of its images.
 *
 * @param key what it was made of, and how
 * @param digest SHA-256 of images and labels
 * @param count how many images
 * @param size of each
 * @param channels 1 or 3
 * @param classes their names, empty if there are none
 * @param files where each image came from
 * @param enlarged how many pictures were smaller
 * @param smallest the shorter side of the smallest picture
 * @param leftOut what is not among them
 * @param remarks what readers found odd
 */
record PixelIndex(
    String key,
    String digest,
    int count,
    ImageSize size,
    int channels,
    ImmutableList<String> classes,
    ImmutableList<String> files,
    int enlarged,
    int smallest,
    ImmutableList<LeftOut> leftOut,
    ImmutableList<String> remarks) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  int rowBytes() {
    return size.height() * size.width() * channels;
  }

  byte[] toJson() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("key", key).put("digest", digest).put("count", count);
    json.put("height", size.height()).put("width", size.width()).put("channels", channels);
    json.set("classes", JSON.valueToTree(List.copyOf(classes)));
    json.set("files", JSON.valueToTree(List.copyOf(files)));
    json.put("enlarged", enlarged).put("smallest", smallest);
    json.set("leftOut", JSON.valueToTree(leftOut.stream().map(LeftOut::file).toList()));
    json.set("reasons", JSON.valueToTree(leftOut.stream().map(LeftOut::reason).toList()));
    json.set("remarks", JSON.valueToTree(List.copyOf(remarks)));
    return JSON.writeValueAsBytes(json);
  }

  static PixelIndex ofJson(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    try {
      List<String> leftOut = texts(json, "leftOut");
      List<String> reasons = texts(json, "reasons");
      ImmutableList.Builder<LeftOut> all = ImmutableList.builder();
      for (int i = 0; i < leftOut.size(); i++) {
        all.add(new LeftOut(leftOut.get(i), reasons.get(i)));
      }
      return new PixelIndex(
          json.required("key").asText(),
          json.required("digest").asText(),
          json.required("count").asInt(),
          new ImageSize(json.required("height").asInt(), json.required("width").asInt()),
          json.required("channels").asInt(),
          texts(json, "classes"),
          texts(json, "files"),
          json.required("enlarged").asInt(),
          json.required("smallest").asInt(),
          all.build(),
          texts(json, "remarks"));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("its index is of another kind (" + e + ")", e);
    }
  }

  private static ImmutableList<String> texts(JsonNode json, String name) {
    return ImmutableList.copyOf(JSON.convertValue(json.required(name), TEXTS));
  }
}
