/** Tests of the jar as people run it: processes of their own, signals, files. */
package dev.symbolon.it;
