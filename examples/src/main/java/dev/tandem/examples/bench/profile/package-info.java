/** Where the time of a step goes: kernel by kernel, beside the rate of a matrix product. */
@NullMarked
package dev.tandem.examples.bench.profile;

import org.jspecify.annotations.NullMarked;
