/** Where DL4J 1.0.0-M2.1 looks for a class that has moved. */
package org.nd4j.nativeblas;
