/** Workers with a card each: means of what lies on several cards, without the host. */
@NullMarked
package dev.tandem.cuda.worker;

import org.jspecify.annotations.NullMarked;
