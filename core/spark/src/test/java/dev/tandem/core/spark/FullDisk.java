package dev.tandem.core.spark;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** This machine's disk, on which there is no space for the checkpoint of step 4. */
public final class FullDisk extends RawLocalFileSystem {

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (file.toString().contains("step-000000004") && file.getName().startsWith("manifest")) {
      throw new IOException("No space left on device");
    }
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }
}
