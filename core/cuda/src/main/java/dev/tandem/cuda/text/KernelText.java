package dev.tandem.cuda.text;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * The text of one kernel in CUDA C++, with its grid. All sizes are numbers in the text, so that a
 * compiler sees them; what differs from call to call are addresses.
 *
 * @param label what it does, for listings: letters, digits and underscores
 * @param parameters the type of each parameter, as in {@code const float *}; they are p0, p1, …
 * @param body what stands between the braces
 * @param grid how many threads run it
 * @param element for a kernel that goes over elements one by one the statements for the element
 *     "i", else ""
 */
public record KernelText(
    String label, ImmutableList<String> parameters, String body, Grid grid, String element) {

  /** A kernel of any kind. */
  public KernelText(String label, ImmutableList<String> parameters, String body, Grid grid) {
    this(label, parameters, body, grid, "");
  }

  /** A kernel that does the same for each of so many elements, apart from all others. */
  public static KernelText over(
      String label, ImmutableList<String> parameters, String element, long length) {
    String body = Grid.loop("i", length) + element + "  }\n";
    return new KernelText(label, parameters, body, Grid.over(length), element);
  }

  /** A name that no other text has. */
  public String name() {
    String all = label + parameters + body;
    return label
        + "_"
        + Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString().substring(0, 12);
  }

  /** The whole function. */
  public String function() {
    StringBuilder text =
        new StringBuilder("extern \"C\" __global__ void ").append(name()).append("(");
    for (int i = 0; i < parameters.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(parameters.get(i)).append("p").append(i);
    }
    return text.append(") {\n").append(body).append("}\n").toString();
  }

  /** Whether threads of a block wait for each other. */
  public boolean waits() {
    return body.contains("_sync") || body.contains("block_") || body.contains("warp_");
  }
}
