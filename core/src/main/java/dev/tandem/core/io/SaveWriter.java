package dev.tandem.core.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes a save. First the arrays, into the slot not in use; then the manifest, under the name of a
 * draft; then the draft takes the manifest's name, and in this one step the new save takes the
 * place of the old one. A process killed at any time leaves one of the two whole; what it leaves
 * besides is in nobody's way, and the next save overwrites it.
 */
final class SaveWriter {

  /** The name of a manifest until it counts. */
  static final String DRAFT = "manifest.json.new";

  private static final int ALIGNMENT = 64;

  private final Path directory;
  private final Disk disk;

  private SaveWriter(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  /**
   * Writes a save in place of an older one, or anew.
   *
   * @throws DataFileException if the directory holds other things, or cannot be written
   */
  static void write(Path directory, ObjectNode content, ArrayTable arrays, Disk disk) {
    String current = Target.requireReplaceable(directory);
    SaveWriter writer = new SaveWriter(directory, disk);
    Slot slot = Slot.otherThan(current);
    try {
      writer.write(slot, content, arrays);
    } catch (IOException e) {
      writer.withdraw(slot);
      throw new DataFileException(
          directory.toString(),
          "cannot be written ("
              + e
              + "); is its place writable, with space left? What was there before is untouched",
          e);
    } catch (RuntimeException e) {
      // what was to be written cannot be had, as from a card that is lost
      writer.withdraw(slot);
      throw e;
    }
    writer.discard(current);
  }

  private void write(Slot slot, ObjectNode content, ArrayTable arrays) throws IOException {
    disk.createDirectories(directory);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", Manifest.FORMAT);
    root.put("version", Manifest.VERSION);
    root.put("library", LibraryVersion.CURRENT);
    root.setAll(content);
    root.set("arrays", writeArrays(slot, arrays));
    Path draft = directory.resolve(DRAFT);
    try (FileChannel channel = disk.create(draft)) {
      byte[] text = ManifestText.of(root).getBytes(StandardCharsets.UTF_8);
      disk.write(channel, ByteBuffer.wrap(text), draft);
      disk.force(channel, draft);
    }
    disk.forceDirectory(directory); // the arrays' name has to last before the manifest names it
    disk.replace(draft, directory.resolve(Manifest.FILE));
    disk.forceDirectory(directory);
  }

  private ObjectNode writeArrays(Slot slot, ArrayTable arrays) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Path file = directory.resolve(slot.fileName());
    try (FileChannel channel = disk.create(file)) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (ArrayTable.Item item : arrays.items()) {
        list.add(writeArray(channel, file, item).toJson());
      }
      disk.force(channel, file);
      node.put("file", slot.fileName());
      node.put("length", channel.position());
      node.set("list", list);
    }
    return node;
  }

  private ArrayEntry writeArray(FileChannel channel, Path file, ArrayTable.Item item)
      throws IOException {
    int gap = Math.floorMod(-channel.position(), ALIGNMENT);
    disk.write(channel, ByteBuffer.allocate(gap), file);
    long offset = channel.position();
    CRC32C crc = new CRC32C();
    ArrayMemory.read(
        item.variable().read(),
        bytes -> {
          crc.update(bytes.duplicate());
          disk.write(channel, bytes, file);
        });
    return new ArrayEntry(item.name(), item.variable().spec(), offset, (int) crc.getValue());
  }

  /** Frees the space of a save that failed. */
  private void withdraw(Slot slot) {
    discard(slot.fileName());
    discard(DRAFT);
  }

  /** Deletes a file that nothing refers to; if that fails, the next save will. */
  private void discard(String fileName) {
    try {
      disk.delete(directory.resolve(fileName));
    } catch (IOException e) {
      // It only takes space.
    }
  }
}
