/**
 * Nets, data and mistakes drawn at random, put through the public entry points, and held against
 * formulas in plain Java that know nothing of ops, plans or ND4J. docs/reliability.md says how to
 * run it for an hour.
 */
package dev.tandem.core.fuzz;
