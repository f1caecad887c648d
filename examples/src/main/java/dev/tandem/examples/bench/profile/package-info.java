/** Where the time of a step goes: kernel by kernel, beside the rate of a matrix product. */
package dev.tandem.examples.bench.profile;
