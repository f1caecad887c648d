/**
 * A siamese net on MNIST: one embedding net, called on both images of a pair or on all three of a
 * triplet, learns distances on some digits and is judged on digits that it never saw. {@link
 * dev.tandem.examples.siamese.SiameseNets} draws the models.
 */
@NullMarked
package dev.tandem.examples.siamese;

import org.jspecify.annotations.NullMarked;
