package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages show tested code and link to files that exist. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+?)(#[^)]*)?\\)");
  private static final Pattern JAVA = Pattern.compile("```java");

  static List<Snippets.Snippet> snippets() throws IOException {
    return Snippets.all();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippet_inPage_equalsRegionOfTest(Snippets.Snippet snippet) {
    assertThat(snippet.shown()).as("%s", snippet.page()).isEqualTo(snippet.tested());
  }

  @Test
  void javaBlocks_inPages_areAllSnippets() throws IOException {
    long blocks = 0;
    for (Path page : Snippets.pages()) {
      blocks += JAVA.matcher(Snippets.read(page)).results().count();
    }
    long imports =
        Snippets.pages().stream()
            .filter(page -> PageImports.BLOCK.matcher(Snippets.read(page)).find())
            .count();
    assertThat(Snippets.all().size() + imports).isEqualTo(blocks);
  }

  static Stream<Path> pagesWithCode() throws IOException {
    return snippets().stream().map(Snippets.Snippet::page).distinct();
  }

  /** With the system property {@code tandem.docs.write}, blocks that are there are written anew. */
  @ParameterizedTest
  @MethodSource("pagesWithCode")
  void importsOfAPage_areThoseThatItsCodeNeeds(Path page) throws IOException {
    List<String> imports = PageImports.of(page, snippets());
    if (imports.isEmpty()) {
      return;
    }
    String text = Snippets.read(page);
    Matcher shown = PageImports.BLOCK.matcher(text);
    assertThat(shown.find()).as("%s has a block of imports", page).isTrue();
    if (Boolean.getBoolean("tandem.docs.write")) {
      Files.writeString(
          page, shown.replaceFirst(Matcher.quoteReplacement(PageImports.block(imports))));
      return;
    }
    assertThat(shown.group(1).lines().toList()).as("%s", page).isEqualTo(imports);
  }

  @Test
  void links_toFiles_leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : Snippets.pages()) {
      Matcher matcher = LINK.matcher(Snippets.read(page));
      while (matcher.find()) {
        String target = matcher.group(1);
        if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
          broken.add(page + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }
}
