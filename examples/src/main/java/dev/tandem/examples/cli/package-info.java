/** What the commands of the application have in common. */
package dev.tandem.examples.cli;
