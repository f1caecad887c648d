/**
 * The kinds of conditioning, from none to cycles of translations. Each {@link
 * dev.tandem.gan.conditioning.Conditioning} owns all that is particular to its kind: the checks of
 * the networks, the inputs of a step, its fakes and what is judged, further terms of the losses,
 * the columns of the data and the inputs of a generator outside of steps. Steps, data and samplers
 * ask it and know no kind.
 */
@NullMarked
package dev.tandem.gan.conditioning;

import org.jspecify.annotations.NullMarked;
