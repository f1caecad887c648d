/** Folders of runs, read while others write them: by offsets, whole lines, and never a link. */
@NullMarked
package dev.tandem.dashboard.run;

import org.jspecify.annotations.NullMarked;
