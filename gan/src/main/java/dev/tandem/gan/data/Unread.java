package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Words on files that cannot be read. */
final class Unread {

  private Unread() {}

  /** The refusal of data of which some or all files cannot be read. */
  static DataFileException of(PictureOrigin origin, List<DataFileException> unread, long all) {
    if (unread.isEmpty()) {
      return new DataFileException(origin.name(), "holds no picture");
    }
    DataFileException first = unread.get(0);
    if (unread.size() == 1 && all > 1) {
      return new DataFileException(
          first.file(), problem(first) + "; repair it or take it out of the folder", first);
    }
    List<String> problems =
        unread.stream().map(e -> Path.of(e.file()).getFileName() + " " + problem(e)).toList();
    return new DataFileException(
        origin.name(),
        String.format(
            Locale.ROOT,
            "%s of %s files cannot be read%s: %s",
            Amounts.count(unread.size()),
            Amounts.count(all),
            unread.size() == all
                ? ", so that there is no picture"
                : "; repair them or take them out of the folder",
            FolderListing.some(problems)),
        first);
  }

  /** The message without the file that it begins with. */
  static String problem(DataFileException e) {
    return String.valueOf(e.getMessage()).substring(e.file().length() + 2);
  }

  /** A path that is written as in an address, for people. */
  static String shown(String address) {
    return URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
