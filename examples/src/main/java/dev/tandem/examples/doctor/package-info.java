/**
 * What this machine brings for training: {@link dev.tandem.examples.doctor.DoctorCommand} prints
 * sections of findings, each made by a class of its own that takes what it needs as arguments.
 */
@NullMarked
package dev.tandem.examples.doctor;

import org.jspecify.annotations.NullMarked;
